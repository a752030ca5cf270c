// Requests and offers of venues on a real database: compared before they are changed, sealed where they name people, and
// gone with their exam.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <thread>

#include "hanjari/base/error.h"
#include "hanjari/venues/venue_adoption.h"
#include "hanjari/venues/venue_files.h"
#include "hanjari/venues/venue_offers.h"
#include "stage/code_thrown.h"
#include "stage/links/cutting_link.h"
#include "stage/venues/memory_venue_offers.h"
#include "stage/test_database.h"

namespace hanjari::services {
namespace {

using hanjari::tests::change_of;
using hanjari::tests::code_thrown;
using hanjari::tests::MemoryVenueOffers;
using hanjari::tests::TestDatabase;

const ExamWords stored_words{{"An exam", "시험"}, "Asia/Seoul"};

class KeptOffers : public testing::Test {
 protected:
  KeptOffers() {
    VenueRequest request;
    request.exam = code;
    request.rule = {100, 20};
    request.due_at = database.clock.now() + std::chrono::hours(24 * 30);
    request.note = "Please";
    request.districts = {{DistrictCode("11110"), 300, "jongno@example.kr"}, {DistrictCode("11140"), 200, ""}};
    save_wishes(offers(), city, request, stored_words, database.clock.now());
  }
  VenueOfferRepository& offers() { return database->venue_offers(); }
  std::int64_t count(const std::string& what) { return database.number("SELECT COUNT(*) FROM " + what); }
  VenueOffer new_offer(const std::string& venue, const std::string& district = "11110") {
    VenueOffer offer;
    offer.exam = code;
    offer.district = DistrictCode(district);
    offer.code = VenueCode(venue);
    offer.name = "한빛 중학교";
    offer.address = "Street 1";
    offer.at = {37.5731, 126.9788};
    offer.opens_at = 7 * 60;
    offer.access_note = "A lift";
    offer.contact = {"Kim Contact", "kim@school.example.kr", "010-1234-5678"};
    offer.rooms = {MemoryVenueOffers::room(1), MemoryVenueOffers::room(2)};
    offer.rooms[1].blocked = {{1, 1}, {5, 5}};
    offer.rooms[1].people_cap = 12;
    offer.rooms[1].accessible = true;
    offer.rooms[1].use = RoomUse::separate;
    return offer;
  }

  TestDatabase database;
  const ExamCode code{"asked-1"};
  const Actor city{"officer", Role::exam_officer, {}};
};

TEST_F(KeptOffers, ComeBackAsTheyWereSaved) {
  const VenueRequest request = load_request(offers(), code);
  EXPECT_EQ(request.version, 1);
  EXPECT_EQ(request.rule, (SeatRule{100, 20}));
  ASSERT_EQ(request.districts.size(), 2U);
  EXPECT_EQ(request.districts[0].email, "jongno@example.kr");
  EXPECT_EQ(request.districts[1].email, "");
  const VenueOffer saved = save_own_offer(offers(), city, new_offer("V1"), database.clock.now());
  const auto found = offers().find_offer(code, VenueCode("V1"));
  ASSERT_TRUE(found);
  EXPECT_TRUE(same_offer(saved, *found));
  EXPECT_EQ(found->contact, new_offer("V1").contact);
  EXPECT_EQ(found->version, 1);
  EXPECT_EQ(offers().find_offer_by_id(saved.id)->code, VenueCode("V1"));
  EXPECT_TRUE(offers().list_offers(code, DistrictCode("11140")).empty());
  EXPECT_EQ(offers().list_offers(code, std::nullopt).size(), 1U);
  EXPECT_EQ(offers().list_requests().size(), 1U);
  EXPECT_EQ(count("messages WHERE exam_code = 'asked-1'"), 1) << "one district has an address";
  EXPECT_EQ(count("audit_entries WHERE action = 'venue_offer.draft'"), 1);
}

// Red when a contact or an address is stored as it was typed.
TEST_F(KeptOffers, StandSealedWhereTheyNamePeople) {
  save_own_offer(offers(), city, new_offer("V1"), database.clock.now());
  for (const char* open : {"Kim Contact", "kim@school", "010-1234"})
    EXPECT_EQ(count("venue_offers WHERE INSTR(contact_sealed, '" + std::string(open) + "') > 0"), 0) << open;
  EXPECT_EQ(count("venue_request_districts WHERE INSTR(email_sealed, 'jongno') > 0"), 0);
}

// Red without the comparison of versions: of twelve who change the same version at once only one is heard.
TEST_F(KeptOffers, AreChangedByOneOfManyAtOnce) {
  VenueOffer offer = save_own_offer(offers(), city, new_offer("V1"), database.clock.now());
  std::atomic<int> kept = 0;
  std::atomic<int> refused = 0;
  std::vector<std::thread> people;
  for (int person = 0; person < 12; ++person) {
    people.emplace_back([&, person] {
      VenueOffer mine = offer;
      mine.name = "School " + std::to_string(person);
      const std::string code_of_refusal =
          code_thrown([&] { save_own_offer(offers(), city, mine, database.clock.now() + std::chrono::seconds(person)); });
      ++(code_of_refusal == "nothing" ? kept : refused);
    });
  }
  for (std::thread& person : people) person.join();
  EXPECT_EQ(kept, 1);
  EXPECT_EQ(refused, 11);
  EXPECT_EQ(offers().find_offer(code, VenueCode("V1"))->version, 2);
  EXPECT_EQ(count("venue_offer_steps"), 2);
}

// Red while they were counted before the transaction that adds one: whoever sent many at once went beyond the number.
TEST_F(KeptOffers, OfADistrictAreNoMoreThanThereMayBeHoweverManyComeAtOnce) {
  constexpr int room_left = 3;
  for (int number = 0; number < static_cast<int>(most_offers_of_district) - room_left; ++number) {
    VenueOffer one = new_offer("V" + std::to_string(number));
    one.id = "offer-" + std::to_string(number);
    one.version = 1;
    one.author = "officer";
    one.changed_at = database.clock.now();
    one.rooms.resize(1);
    offers().save_offer(one, {}, change_of(database.clock));
  }
  std::atomic<int> kept = 0;
  std::vector<std::thread> people;
  for (int person = 0; person < 10; ++person) {
    people.emplace_back([&, person] {
      const VenueOffer mine = new_offer("W" + std::to_string(person));
      const std::string code_of_refusal = code_thrown([&] { save_own_offer(offers(), city, mine, database.clock.now()); });
      if (code_of_refusal == "nothing") ++kept;
      else EXPECT_EQ(code_of_refusal, "too_many_offers");
    });
  }
  for (std::thread& person : people) person.join();
  EXPECT_EQ(kept, room_left);
  EXPECT_EQ(count("venue_offers"), static_cast<std::int64_t>(most_offers_of_district));
}

TEST_F(KeptOffers, HaveOneCodeEach) {
  save_own_offer(offers(), city, new_offer("V1"), database.clock.now());
  VenueOffer same = new_offer("V1", "11140");
  same.id = "another";
  same.version = 1;
  EXPECT_EQ(code_thrown([&] { offers().save_offer(same, {}, change_of(database.clock)); }), "code_taken");
}

// Red while a try whose commit was not heard was counted twice, and the last one refused although it was this very one.
TEST_F(KeptOffers, ATryWhoseCommitWasNotHeardIsCountedOnce) {
  VenueOffer offer = save_own_offer(offers(), city, new_offer("V1"), database.clock.now());
  offer.state = OfferState::proposed;
  ++offer.version;
  OfferSaving saving;
  SchoolQuestion question;
  question.ticket_hash = std::string(64, 'a');
  question.offer = offer.id;
  question.offer_version = offer.version;
  question.code_hash = offers().hash_question_code(question.ticket_hash, "123456");
  question.expires_at = database.clock.now() + question_length;
  saving.question = question;
  offers().save_offer(offer, saving, change_of(database.clock));
  hanjari::tests::CuttingLink link(database.folder.path(), database.folder.path() / "mariadb" / "s.sock");
  storage::Database program(hanjari::tests::beside(database, link.socket()), storage::SchemaUpgrade::never, database.clock,
                            no_progress());
  program.venue_offers().find_question(question.ticket_hash, database.clock.now());  // a connection is open before the cut
  for (int tries = 1; tries <= most_question_misses; ++tries) {
    link.swallow_commits(1);
    EXPECT_TRUE(program.venue_offers().reserve_question_try(question.ticket_hash)) << tries;
    EXPECT_EQ(database.number("SELECT misses FROM venue_confirmations"), tries);
  }
  EXPECT_EQ(link.swallowed(), most_question_misses);
  EXPECT_FALSE(program.venue_offers().reserve_question_try(question.ticket_hash));
}

TEST_F(KeptOffers, QuestionsAreAnsweredOnceWithinFiveTries) {
  VenueOffer offer = save_own_offer(offers(), city, new_offer("V1"), database.clock.now());
  const Instant now = database.clock.now();
  offer.state = OfferState::proposed;
  ++offer.version;
  OfferSaving saving;
  SchoolQuestion question;
  question.ticket_hash = std::string(64, 'a');
  question.offer = offer.id;
  question.offer_version = offer.version;
  question.code_hash = offers().hash_question_code(question.ticket_hash, "123456");
  question.expires_at = now + question_length;
  saving.question = question;
  offers().save_offer(offer, saving, change_of(database.clock));
  const auto found = offers().find_question(question.ticket_hash, now);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->code_hash, question.code_hash);
  EXPECT_EQ(found->offer_version, offer.version);
  EXPECT_FALSE(offers().find_question(question.ticket_hash, question.expires_at));
  for (int tries = 0; tries < most_question_misses; ++tries) {
    EXPECT_TRUE(offers().list_spent_links(offer.exam).empty());
    EXPECT_TRUE(offers().reserve_question_try(question.ticket_hash));
  }
  EXPECT_FALSE(offers().reserve_question_try(question.ticket_hash));
  EXPECT_EQ(offers().list_spent_links(offer.exam), std::set<std::string>{offer.id});
  EXPECT_TRUE(offers().list_spent_links(ExamCode("another-1")).empty());
  offer.state = OfferState::confirmed;
  ++offer.version;
  OfferSaving answer;
  answer.answered = question.ticket_hash;
  offers().save_offer(offer, answer, change_of(database.clock));
  EXPECT_TRUE(offers().list_spent_links(offer.exam).empty()) << "answered with the last try";
  ++offer.version;
  EXPECT_EQ(code_thrown([&] { offers().save_offer(offer, answer, change_of(database.clock)); }), "question_answered");
  EXPECT_EQ(offers().list_steps(offer.id).size(), 3U);
  EXPECT_TRUE(offers().remove_expired_questions(question.expires_at));
  EXPECT_EQ(count("venue_confirmations"), 0);
}

TEST_F(KeptOffers, HaveFilesThatStandSealedAndAreNotTooMany) {
  const VenueOffer offer = save_own_offer(offers(), city, new_offer("V1"), database.clock.now());
  const auto attach = [&](const std::string& bytes) {
    VenueFile file;
    file.media_type = "application/pdf";
    file.name = "도면.pdf";
    file.bytes = bytes;
    attach_file(offers(), database->venue_files(), city, code, offer.code, file, database.clock.now());
  };
  for (int number = 0; number < most_venue_files; ++number) attach("%PDF-1.7 plan");
  EXPECT_EQ(code_thrown([&] { attach("%PDF-1.7 one more"); }), "too_many_files");
  EXPECT_EQ(code_thrown([&] { attach(""); }), "file_missing");
  const auto listed = database->venue_files().list_files(offer.id);
  ASSERT_EQ(listed.size(), static_cast<std::size_t>(most_venue_files));
  EXPECT_EQ(listed.front().name, "도면.pdf");
  EXPECT_EQ(database->venue_files().find_file(offer.id, listed.front().id)->bytes, "%PDF-1.7 plan");
  EXPECT_FALSE(database->venue_files().find_file("another offer", listed.front().id));
  EXPECT_EQ(count("venue_files WHERE INSTR(content_sealed, 'PDF') > 0"), 0);
  database->venue_files().remove_file(offer.id, listed.front().id, change_of(database.clock));
  database->venue_files().remove_file(offer.id, listed.front().id, change_of(database.clock));
  EXPECT_EQ(count("audit_entries WHERE action = 'venue_file.remove'"), 1);
}

// A new version of an exam with people: its venues, one room smaller, and a new school.
TEST_F(KeptOffers, BecomeANewVersionOfTheExamByTheReaderOfFiles) {
  const Exam exam = hanjari::tests::small_exam("asked-1", 60);
  database->exams().save_exam(exam, nullptr, change_of(database.clock), no_progress());
  const auto accept = [&](VenueOffer offer) {
    offer.id = "offer-" + offer.code.text();
    offer.state = OfferState::accepted;
    offer.version = 1;
    offers().save_offer(offer, {}, change_of(database.clock));
  };
  for (std::size_t at = 0; at < exam.venues.size(); ++at) {
    const Venue& venue = exam.venues[at];
    VenueOffer offer = new_offer(venue.code.text());
    offer.name = venue.name;
    offer.at = venue.at;
    offer.kind = venue.kind;
    offer.rooms.assign(exam.rooms_of(VenueIndex(at)).begin(), exam.rooms_of(VenueIndex(at)).end());
    accept(offer);
  }
  accept(new_offer("11110-new"));
  const Job job = order_adoption(offers(), database->exams(), database->jobs(), city, code, "", database.clock.now());
  const JobWork work = adoption_work(database->exams(), offers(), database.clock);
  work({job, no_progress(), {}});
  const auto populations = database->exams().list_populations(code);
  ASSERT_EQ(populations.size(), 2U);
  const auto stored = database->exams().find_exam(code, populations.front().input_sha256);
  ASSERT_TRUE(stored);
  EXPECT_EQ(stored->venues.size(), exam.venues.size() + 1);
  EXPECT_EQ(stored->applicants.size(), exam.applicants.size());
  EXPECT_TRUE(stored->find(VenueCode("11110-new")).exists());
  work({job, no_progress(), {}});
  EXPECT_EQ(database->exams().list_populations(code).size(), 2U) << "the same again is the same version";
}

// Red while taking one school in took every school away that the city had not accepted.
TEST_F(KeptOffers, StandBesideTheOtherVenuesWhereOneIsAdded) {
  const Exam exam = hanjari::tests::small_exam("asked-1", 60);
  database->exams().save_exam(exam, nullptr, change_of(database.clock), no_progress());
  VenueOffer offer = new_offer("11110-new");
  offer.id = "offer-new";
  offer.state = OfferState::accepted;
  offer.version = 1;
  offers().save_offer(offer, {}, change_of(database.clock));
  const Job job = order_adoption(offers(), database->exams(), database->jobs(), city, code, "", database.clock.now(), OtherVenues::stay);
  EXPECT_EQ(code_thrown([&] { order_adoption(offers(), database->exams(), database->jobs(), city, code, "", database.clock.now()); }),
            "job_running")
      << "not taken for the other choice";
  adoption_work(database->exams(), offers(), database.clock)({job, no_progress(), {}});
  const auto populations = database->exams().list_populations(code);
  ASSERT_EQ(populations.size(), 2U);
  const auto stored = database->exams().find_exam(code, populations.front().input_sha256);
  ASSERT_TRUE(stored);
  EXPECT_EQ(stored->venues.size(), exam.venues.size() + 1);
  EXPECT_EQ(stored->rooms.size(), exam.rooms.size() + offer.rooms.size());
  for (std::size_t at = 0; at < exam.venues.size(); ++at) {
    const VenueIndex now = stored->find(exam.venues[at].code);
    ASSERT_TRUE(now.exists()) << exam.venues[at].code.text();
    EXPECT_EQ((*stored)[now].name, exam.venues[at].name);
    EXPECT_EQ(stored->rooms_of(now).size(), exam.rooms_of(VenueIndex(at)).size());
  }
  EXPECT_EQ(stored->applicants.size(), exam.applicants.size());
}

// Calls `meanwhile` when the work has chosen the version that it changes.
class InterruptedProgress : public Progress {
 public:
  explicit InterruptedProgress(std::function<void()> meanwhile) : meanwhile_(std::move(meanwhile)) {}
  void stage(const Text&, std::uint64_t) override {
    if (++stages_ == 2) meanwhile_();
  }
  void report(std::uint64_t, const std::string&) override {}

 private:
  std::function<void()> meanwhile_;
  int stages_ = 0;
};

// Red when the job imports over what an officer imported while it read.
TEST_F(KeptOffers, AreNotTakenIntoAnExamThatSomebodyChangesMeanwhile) {
  const Exam exam = hanjari::tests::small_exam("asked-1", 60);
  const Exam newer = hanjari::tests::small_exam("asked-1", 61);
  ASSERT_NE(exam.input_sha256, newer.input_sha256);
  database->exams().save_exam(exam, nullptr, change_of(database.clock), no_progress());
  for (std::size_t at = 0; at < exam.venues.size(); ++at) {
    VenueOffer offer = new_offer(exam.venues[at].code.text());
    offer.id = "offer-" + offer.code.text();
    offer.kind = exam.venues[at].kind;
    offer.rooms.assign(exam.rooms_of(VenueIndex(at)).begin(), exam.rooms_of(VenueIndex(at)).end());
    offer.state = OfferState::accepted;
    offer.version = 1;
    offers().save_offer(offer, {}, change_of(database.clock));
  }
  const Job job = order_adoption(offers(), database->exams(), database->jobs(), city, code, "", database.clock.now());
  const JobWork work = adoption_work(database->exams(), offers(), database.clock);
  InterruptedProgress progress(
      [&] { database->exams().save_exam(newer, nullptr, change_of(database.clock), no_progress()); });
  EXPECT_EQ(code_thrown([&] { work({job, progress, {}}); }), "exam_changed");
  const auto populations = database->exams().list_populations(code);
  ASSERT_EQ(populations.size(), 2U);
  EXPECT_EQ(populations.front().input_sha256, newer.input_sha256);
}

// Red when an offer and its rooms are read at two moments: rooms that nobody consented to would pass for accepted ones.
TEST_F(KeptOffers, AreReadWithTheRoomsOfTheirOwnVersion) {
  VenueOffer offer = new_offer("V1");
  offer.note = "2";
  offer = save_own_offer(offers(), city, offer, database.clock.now());
  const std::vector<Room> two = offer.rooms;
  std::atomic<bool> done{false};
  std::thread writer([&] {
    for (int times = 0; times < 60; ++times) {
      offer.rooms.assign(two.begin(), two.begin() + (times % 2 == 0 ? 1 : 2));
      offer.note = std::to_string(offer.rooms.size());
      offer = save_own_offer(offers(), city, offer, database.clock.now());
    }
    done = true;
  });
  int torn = 0;
  while (!done) {
    const auto read = offers().find_offer(code, VenueCode("V1"));
    if (!read || read->note != std::to_string(read->rooms.size())) ++torn;
  }
  writer.join();
  EXPECT_EQ(torn, 0);
}

TEST_F(KeptOffers, KeepWhereTheCityIsToldSealed) {
  VenueRequest request = load_request(offers(), code);
  EXPECT_EQ(request.city_email, "") << "left out";
  request.city_email = "Exam@Example.kr";
  save_wishes(offers(), city, request, stored_words, database.clock.now());
  EXPECT_EQ(load_request(offers(), code).city_email, "exam@example.kr");
  EXPECT_EQ(count("venue_requests WHERE INSTR(city_email_sealed, 'example') > 0"), 0);
  request = load_request(offers(), code);
  request.city_email.clear();
  save_wishes(offers(), city, request, stored_words, database.clock.now());
  EXPECT_EQ(count("venue_requests WHERE city_email_sealed IS NULL"), 1);
}

}  // namespace
}  // namespace hanjari::services
