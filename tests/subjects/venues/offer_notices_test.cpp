// Who is told by mail when an offer changes hands, and that nobody is told too often.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "hanjari/venues/venue_offers.h"
#include "stage/code_thrown.h"
#include "stage/memory_attempts.h"
#include "stage/venues/memory_venue_offers.h"

namespace hanjari::services {
namespace {

using hanjari::tests::code_thrown;
using hanjari::tests::MemoryAttempts;
using hanjari::tests::MemoryVenueOffers;
using ::testing::HasSubstr;

const ExamCode notice_exam("seoul-2021-1");
const ExamWords notice_words{{"An exam", "시험"}, "Asia/Seoul"};

class OutboxOfNotices : public MessageOutbox {
 public:
  void enqueue(const Message& message, Instant) override {
    if (ids.insert(message.dedupe_id).second) sent.push_back(message);
  }
  std::set<std::string> find_known(const std::vector<std::string>&) override { return {}; }
  std::vector<WaitingMessage> claim(Instant, std::chrono::seconds, int, const Lane&) override { return {}; }
  bool put_back(const WaitingMessage&, Channel, Instant, Instant) override { return false; }
  bool renew(const WaitingMessage&, Instant, std::chrono::seconds) override { return false; }
  bool mark_sent(const WaitingMessage&, Instant) override { return false; }
  bool mark_failed(const WaitingMessage&, const std::string&, std::optional<Instant>, Instant) override { return false; }
  std::vector<FailedMessage> list_failed(std::int64_t, int) override { return {}; }
  Figures count_messages() override { return {}; }

  std::set<std::string> ids;
  std::vector<Message> sent;
};

class OfferNotices : public ::testing::Test {
 protected:
  OfferNotices() {
    offers.plant("seoul-2021-1", {{"11110", "V1"}, {"11140", "V2"}});
    VenueRequest& request = offers.requests.at(notice_exam);
    request.districts[0].email = "jongno@example.kr";
    request.city_email = "exam@example.kr";
    VenueOffer offer = stored();
    offer.contact = {"Kim", "school@example.kr", "02-123-4567"};
    save_own_offer(offers, city, offer, now);
  }
  VenueOffer stored() { return *offers.find_offer(notice_exam, VenueCode("V1")); }
  void propose() {
    propose_offer(offers, district, notice_exam, VenueCode("V1"), stored().version, "https://seats.example.kr", notice_words, now);
  }
  std::string behind(const std::string& before, std::size_t length) const {
    const std::string& body = offers.messages.back().body;
    return body.substr(body.find(before) + before.size(), length);
  }
  void answer(SchoolAnswer what, const std::string& told) {
    answer_question(offers, attempts, behind("/venue-confirmations/", 64), behind("Code: ", 6), what, told, "192.0.2.1", now);
  }
  void accept() {
    answer_offer(offers, city, notice_exam, VenueCode("V1"), stored().version, CityAnswer::accept, "", notice_words, now);
  }
  // To whom messages went since the last call.
  std::vector<std::string> told() {
    std::vector<std::string> people;
    for (std::size_t at = seen_; at < offers.messages.size(); ++at) people.push_back(offers.messages[at].to);
    seen_ = offers.messages.size();
    return people;
  }

  MemoryVenueOffers offers;
  MemoryAttempts attempts;
  const Actor city{"officer", Role::exam_officer, {}};
  const Actor district{"jongno", Role::district_coordinator, DistrictCode("11110")};
  Instant now = Instant(std::chrono::hours(24 * 18'700 + 3));  // noon in Seoul

 private:
  std::size_t seen_ = 0;
};

// Red when the city is told nothing: an offer that its school confirmed waits until somebody happens to look.
TEST_F(OfferNotices, TellTheCityThatAConfirmedOfferWaits) {
  propose();
  EXPECT_THAT(told(), ::testing::ElementsAre("school@example.kr"));
  answer(SchoolAnswer::yes, "");
  EXPECT_THAT(told(), ::testing::ElementsAre("jongno@example.kr", "exam@example.kr"));
}

TEST_F(OfferNotices, TellOnlyTheDistrictWhatASchoolWantsChanged) {
  propose();
  told();
  answer(SchoolAnswer::no, "Room 1 is being painted");
  EXPECT_THAT(offers.messages.back().body, HasSubstr("Room 1 is being painted"));
  EXPECT_THAT(told(), ::testing::ElementsAre("jongno@example.kr"));
}

// Red when an accepted venue can be changed or withdrawn behind the city's back.
TEST_F(OfferNotices, TellTheCityWhatItLoses) {
  propose();
  answer(SchoolAnswer::yes, "");
  accept();
  told();
  VenueOffer changed = stored();
  changed.rooms.front().blocked.push_back({1, 1});
  save_own_offer(offers, district, changed, now);
  EXPECT_THAT(told(), ::testing::ElementsAre("exam@example.kr"));
  changed = stored();
  changed.rooms.front().blocked.clear();
  save_own_offer(offers, district, changed, now);
  EXPECT_TRUE(told().empty()) << "a draft is the district's own";
  withdraw_offer(offers, district, notice_exam, VenueCode("V1"), stored().version, "a fire", now);
  EXPECT_TRUE(told().empty()) << "nobody was asked since";
}

TEST_F(OfferNotices, TellASchoolThatItIsNotAskedAnyMore) {
  propose();
  told();
  withdraw_offer(offers, district, notice_exam, VenueCode("V1"), stored().version, "a fire", now);
  EXPECT_THAT(told(), ::testing::ElementsAre("school@example.kr"));
}

// Red when a mail says moments as machines write them, or asks a school for a day that it does not name.
TEST_F(OfferNotices, SayDaysAndMomentsAsPeopleReadThem) {
  ExamWords words = notice_words;
  words.on = parse_date("2021-06-05");
  propose_offer(offers, district, notice_exam, VenueCode("V1"), stored().version, "https://seats.example.kr", words, now);
  const std::string& body = offers.messages.back().body;
  EXPECT_THAT(body, HasSubstr("as a venue of an exam on 5 June 2021."));
  EXPECT_THAT(body, HasSubstr("시험일: 2021년 6월 5일."));
  EXPECT_THAT(body, HasSubstr("(KST)"));
  EXPECT_THAT(body, HasSubstr("(한국시간)"));
  // Red while link and code run on within a sentence, and while one language does not say that no account is needed.
  EXPECT_THAT(body, ::testing::ContainsRegex("\nhttps?://[^ \n]*/venue-confirmations/[0-9a-z]{64}\nCode: [0-9]{6}$"));
  EXPECT_THAT(body, ::testing::ContainsRegex("\nhttps?://[^ \n]*/venue-confirmations/[0-9a-z]{64}\n인증 번호: [0-9]{6}\n"));
  EXPECT_THAT(body, HasSubstr("You need no account."));
  EXPECT_THAT(body, HasSubstr("계정은 필요하지 않습니다."));
  EXPECT_THAT(body, ::testing::Not(HasSubstr("+09:00")));
}

// Red without the limit: whoever may propose fills anybody's mailbox.
TEST_F(OfferNotices, AskASchoolTenTimesADayAtMost) {
  for (int times = 0; times < most_questions_a_day; ++times) propose();
  EXPECT_EQ(code_thrown([&] { propose(); }), "too_many_questions");
  now += std::chrono::hours(24);
  EXPECT_EQ(code_thrown([&] { propose(); }), "nothing");
}

TEST_F(OfferNotices, RemindASchoolThreeAndSixDaysAfterItWasAsked) {
  propose();
  OutboxOfNotices outbox;
  const Instant asked = now;
  for (int hour = 0; hour < 24 * 10; ++hour)
    remind_schools(offers, outbox, [](const ExamCode&) { return notice_words; }, asked + std::chrono::hours(hour));
  ASSERT_EQ(outbox.sent.size(), 2U);
  for (const Message& message : outbox.sent) {
    EXPECT_EQ(message.to, "school@example.kr");
    EXPECT_EQ(message.body.find("venue-confirmations"), std::string::npos) << "only the first mail opens anything";
  }
}

// Red while a link that ended without an answer is news to nobody: the district waits for a school that cannot answer any more.
TEST_F(OfferNotices, TellTheDistrictOnceThatTheLinkOfASchoolIsOver) {
  propose();
  OutboxOfNotices outbox;
  const Instant asked = now;
  const auto rounds = [&](int from, int to) {
    for (int hour = from; hour < to; ++hour)
      tell_of_silent_schools(offers, outbox, [](const ExamCode&) { return notice_words; }, asked + std::chrono::hours(hour));
  };
  rounds(0, 24 * 7);
  EXPECT_TRUE(outbox.sent.empty()) << "the link is good still";
  rounds(24 * 7, 24 * 20);
  ASSERT_EQ(outbox.sent.size(), 1U);
  EXPECT_EQ(outbox.sent[0].to, "jongno@example.kr");
  EXPECT_THAT(outbox.sent[0].body, HasSubstr("no longer good"));
  // A new link is a new question; a school that has answered is no silent one.
  now += std::chrono::hours(24 * 20);
  propose();
  answer(SchoolAnswer::yes, "");
  for (int hour = 0; hour < 24 * 10; ++hour)
    tell_of_silent_schools(offers, outbox, [](const ExamCode&) { return notice_words; }, now + std::chrono::hours(hour));
  EXPECT_EQ(outbox.sent.size(), 1U);
}

// Red while a link that bears no further try at its code looks good for days: the district waits, and the school is reminded of a link
// that opens nothing.
TEST_F(OfferNotices, TellTheDistrictThatALinkBearsNoFurtherTry) {
  propose();
  const std::string ticket = behind("/venue-confirmations/", 64);
  for (int tries = 0; tries < most_question_misses; ++tries) {
    EXPECT_EQ(code_thrown([&] { answer_question(offers, attempts, ticket, "none", SchoolAnswer::yes, "", "192.0.2.1", now); }), "wrong_code");
  }
  OutboxOfNotices outbox;
  const auto words_of = [](const ExamCode&) { return notice_words; };
  for (int hour = 0; hour < 24 * 6; ++hour) {
    tell_of_silent_schools(offers, outbox, words_of, now + std::chrono::hours(hour));
    remind_schools(offers, outbox, words_of, now + std::chrono::hours(hour));
  }
  ASSERT_EQ(outbox.sent.size(), 1U);
  EXPECT_EQ(outbox.sent[0].to, "jongno@example.kr");
  // With a new link everything begins anew.
  propose();
  tell_of_silent_schools(offers, outbox, words_of, now);
  EXPECT_EQ(outbox.sent.size(), 1U);
}

// An outbox that cannot take what goes to one address.
class RefusingOutbox : public OutboxOfNotices {
 public:
  explicit RefusingOutbox(std::string refused) : refused_(std::move(refused)) {}
  void enqueue(const Message& message, Instant at) override {
    if (message.to == refused_) throw std::runtime_error("cannot be written");
    OutboxOfNotices::enqueue(message, at);
  }

 private:
  std::string refused_;
};

// Red while the first mail that could not be written kept those behind it from ever being written.
TEST_F(OfferNotices, ThatCannotBeWrittenKeepNobodyElseFromBeingTold) {
  VenueRequest& request = offers.requests.at(notice_exam);
  request.due_at = now + std::chrono::hours(24 * 3);
  request.districts[1].email = "junggu@example.kr";
  RefusingOutbox of_districts("jongno@example.kr");
  remind_districts(offers, of_districts, [](const ExamCode&) { return notice_words; }, now);
  ASSERT_EQ(of_districts.sent.size(), 1U);
  EXPECT_EQ(of_districts.sent[0].to, "junggu@example.kr");

  for (auto& [id, offer] : offers.offers) {
    offer.state = OfferState::accepted;
    offer.changed_at = now;
    offer.contact.email = id == "offer-V2" ? "second@example.kr" : "school@example.kr";
  }
  RefusingOutbox of_schools("school@example.kr");
  remind_schools(offers, of_schools, [](const ExamCode&) { return notice_words; }, now);
  ASSERT_EQ(of_schools.sent.size(), 1U);
  EXPECT_EQ(of_schools.sent[0].to, "second@example.kr");
}

// Red while whoever accepts before nine, or at night, accepts a school that hears of it hours later; or while the morning tells it again.
TEST_F(OfferNotices, TellASchoolOfItsAcceptanceWithTheStep) {
  propose();
  answer(SchoolAnswer::yes, "");
  told();
  now += std::chrono::hours(13);  // one o'clock at night in Seoul
  const std::size_t before = offers.messages.size();
  accept();
  EXPECT_THAT(told(), ::testing::ElementsAre("school@example.kr", "jongno@example.kr"));
  EXPECT_THAT(offers.messages[before].body, HasSubstr("were accepted"));
  OutboxOfNotices outbox;
  outbox.enqueue(offers.messages[before], now);
  for (int hour = 0; hour < 48; ++hour)
    remind_schools(offers, outbox, [](const ExamCode&) { return notice_words; }, now + std::chrono::hours(hour));
  EXPECT_EQ(outbox.sent.size(), 1U) << "the round that reminds knows the mail";
}

// Red while the reminders of a day that was given up were taken for those of the day to which the exam was moved.
TEST_F(OfferNotices, RemindASchoolOfTheDayToWhichTheExamIsMoved) {
  propose();
  answer(SchoolAnswer::yes, "");
  accept();
  ExamWords words = notice_words;
  OutboxOfNotices outbox;
  const auto reminders = [&] {
    return std::count_if(outbox.sent.begin(), outbox.sent.end(),
                         [](const Message& message) { return message.dedupe_id.starts_with("venue-day-reminder/"); });
  };
  const Instant accepted = now;
  const auto rounds = [&](int from, int to) {
    for (int hour = from; hour < to; ++hour)
      remind_schools(offers, outbox, [&](const ExamCode&) { return words; }, accepted + std::chrono::hours(hour));
  };
  words.on = Date{18'700 + 20};
  rounds(0, 24 * 18);
  EXPECT_EQ(reminders(), 2) << "fourteen and three days before";
  words.on = Date{18'700 + 40};
  rounds(24 * 18, 24 * 45);
  EXPECT_EQ(reminders(), 5);
  const auto moved = std::find_if(outbox.sent.begin(), outbox.sent.end(), [](const Message& message) {
    return message.body.find("is now 23 April 2021") != std::string::npos;
  });
  EXPECT_NE(moved, outbox.sent.end()) << "and it is told of the new day itself";
  EXPECT_EQ(std::count_if(outbox.sent.begin(), outbox.sent.end(),
                          [](const Message& message) { return message.dedupe_id.starts_with("venue-accepted/"); }),
            2);
}

// Red while districts are asked for seats of an exam that was held.
TEST_F(OfferNotices, RemindNoDistrictOnceTheExamIsOver) {
  VenueRequest& request = offers.requests.at(notice_exam);
  request.due_at = now - std::chrono::hours(24 * 3);
  ExamWords words = notice_words;
  OutboxOfNotices outbox;
  words.on = Date{18'700 - 1};
  remind_districts(offers, outbox, [&](const ExamCode&) { return words; }, now);
  EXPECT_TRUE(outbox.sent.empty());
  words.on = Date{18'700};
  remind_districts(offers, outbox, [&](const ExamCode&) { return words; }, now);
  EXPECT_EQ(outbox.sent.size(), 1U);
}

// Red when days are counted by another clock than the exam's, or when a school is told again each round.
TEST_F(OfferNotices, TellAnAcceptedSchoolAndRemindItBeforeTheExamDay) {
  propose();
  answer(SchoolAnswer::yes, "");
  accept();
  ExamWords words = notice_words;
  words.on = Date{18'700 + 20};
  OutboxOfNotices outbox;
  const Instant accepted = now;
  for (int hour = 0; hour < 24 * 25; ++hour)
    remind_schools(offers, outbox, [&](const ExamCode&) { return words; }, accepted + std::chrono::hours(hour));
  std::vector<std::string> kinds;
  for (const Message& message : outbox.sent) kinds.push_back(message.dedupe_id.substr(0, message.dedupe_id.find('/')));
  EXPECT_THAT(kinds, ::testing::ElementsAre("venue-accepted", "venue-day-reminder", "venue-day-reminder", "venue-day-reminder"));
}

TEST_F(OfferNotices, RemindTheCityOnceADayWhileSomethingWaits) {
  OutboxOfNotices outbox;
  const auto round = [&](Instant at) { remind_city(offers, outbox, [](const ExamCode&) { return notice_words; }, at); };
  round(now);
  EXPECT_TRUE(outbox.sent.empty()) << "nothing waits";
  propose();
  answer(SchoolAnswer::yes, "");
  for (int hour = 0; hour < 48; ++hour) round(now + std::chrono::hours(hour));
  // The day itself, the next one, and the morning of the day after it, which hour 47 reaches.
  EXPECT_EQ(outbox.sent.size(), 3U);
  const std::size_t before = outbox.sent.size();
  accept();
  round(now + std::chrono::hours(72));
  EXPECT_EQ(outbox.sent.size(), before) << "nothing waits any more";
}

}  // namespace
}  // namespace hanjari::services
