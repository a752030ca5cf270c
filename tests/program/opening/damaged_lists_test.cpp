// One row of a list that does not open leaves the others on the page, and the work with them goes on. Every case spoils one row
// beside a sound one; red where a list opens its rows and lets what one of them throws end it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hanjari/domain/unreadable.h"
#include "hanjari/invigilators/duty_people.h"
#include "hanjari/invigilators/invigilators.h"
#include "hanjari/materials/briefing.h"
#include "hanjari/materials/materials.h"
#include "hanjari/venues/venue_files.h"
#include "hanjari/venues/venue_letters.h"
#include "hanjari/venues/venue_library.h"
#include "hanjari/venues/venue_offers.h"
#include "stage/code_thrown.h"
#include "stage/sample_notice.h"
#include "stage/test_database.h"
#include "stage/venues/memory_venue_offers.h"

namespace hanjari::tests {
namespace {

using services::VenueOffer;

struct DamagedLists : testing::Test {
  DamagedLists() { database->exams().save_exam(small_exam(exam.text()), nullptr, change_of(database.clock), no_progress()); }
  // Turns one bit of the last byte, which belongs to the seal.
  void spoil_value(const std::string& table, const std::string& column, const std::string& rest) {
    database.connect()->execute("UPDATE " + table + " SET " + column + " = INSERT(" + column + ", LENGTH(" + column +
                                "), 1, CHAR(ASCII(RIGHT(" + column + ", 1)) ^ 1)) " + rest);
  }
  void ask_districts() {
    services::VenueRequest request;
    request.exam = exam;
    request.rule = {100, 20};
    request.due_at = database.clock.now() + std::chrono::hours(24 * 30);
    request.districts = {{DistrictCode("11110"), 300, "jongno@example.kr"}, {DistrictCode("11140"), 200, "jung@example.kr"}};
    save_wishes(database->venue_offers(), city, request, words, database.clock.now());
  }
  VenueOffer save_offer(const std::string& venue) {
    VenueOffer offer;
    offer.exam = exam;
    offer.district = DistrictCode("11110");
    offer.code = VenueCode(venue);
    offer.name = "한빛 중학교";
    offer.at = {37.5731, 126.9788};
    offer.contact = {"Kim Contact", "kim@school.example.kr", "010-1234-5678"};
    offer.rooms = {MemoryVenueOffers::room(1)};
    return save_own_offer(database->venue_offers(), city, offer, database.clock.now());
  }
  void write_letter(const std::string& said, const std::string& file_name) {
    services::Letter letter;
    letter.author = "jongno";
    letter.words = said;
    letter.at = database.clock.now();
    services::LetterFile file;
    file.id = file_name;
    file.media_type = "application/pdf";
    file.name = file_name;
    file.bytes = "%PDF-1.7";
    letter.files = {file};
    database->venue_letters().add_letter(exchange, letter, {}, change_of(database.clock));
  }
  services::ListedPerson person(const char* id, std::int64_t version) {
    services::ListedPerson made;
    made.facts.id = InvigilatorId(id);
    made.facts.name = "김하늘";
    made.facts.roles.add(DutyRole::chief);
    made.email = "sky@example.kr";
    made.version = version;
    return made;
  }
  void save_person(const services::ListedPerson& saved) {
    services::PeopleStep step;
    step.people = {saved};
    step.note = {"invigilators.save", exam.text()};
    step.note.exam = exam.text();
    database->invigilators().save_people(exam, step, change_of(database.clock));
  }

  TestDatabase database;
  const ExamCode exam{"listed-1"};
  const services::Actor city{"officer", services::Role::exam_officer, {}};
  const services::ExamWords words{{"An exam", "시험"}, "Asia/Seoul"};
  const services::Exchange exchange{exam, DistrictCode("11110"), {}};
};

TEST_F(DamagedLists, OfInvigilatorsNameTheOthersAndTakeThePersonAnew) {
  save_person(person("S1", 1));
  save_person(person("S2", 1));
  spoil_value("invigilators", "person_sealed", "WHERE invigilator_id = 'S1'");
  auto& invigilators = database->invigilators();
  const auto people = invigilators.list_people(exam);
  ASSERT_EQ(people.size(), 2U);
  EXPECT_EQ(people[0].facts.name, unreadable_name);
  EXPECT_TRUE(people[0].email.empty()) << "nobody is written to whom nobody knows";
  EXPECT_EQ(people[1].facts.name, "김하늘");
  EXPECT_EQ(code_thrown([&] { invigilators.find_person(exam, InvigilatorId("S1")); }), "personal_data_damaged");
  EXPECT_TRUE(invigilators.find_person(exam, InvigilatorId("S2")));
  const auto shown = invigilators.find_people(exam, {InvigilatorId("S1"), InvigilatorId("S2")});
  ASSERT_EQ(shown.size(), 2U);
  EXPECT_EQ(shown[0].facts.name, unreadable_name);
  EXPECT_EQ(shown[1].facts.name, "김하늘");
  save_person(person("S1", 2));  // as an import does
  EXPECT_EQ(invigilators.find_person(exam, InvigilatorId("S1"))->facts.name, "김하늘");
}

// Red when one row ends what lists are searched and counted by, or when what did not open is kept and stays so.
TEST_F(DamagedLists, OfOutlinesCountTheOthersAndAreOpenedAgain) {
  for (const char* id : {"S1", "S2"}) {
    services::ListedPerson saved = person(id, 1);
    saved.facts.organisation = "한빛 중학교";
    save_person(saved);
  }
  auto& invigilators = database->invigilators();
  spoil_value("invigilators", "person_sealed", "WHERE invigilator_id = 'S1'");
  const auto outlines = invigilators.list_outlines(exam);
  ASSERT_EQ(outlines.size(), 2U);
  EXPECT_TRUE(outlines[0].organisation.empty());
  EXPECT_EQ(outlines[1].organisation, "한빛 중학교");
  spoil_value("invigilators", "person_sealed", "WHERE invigilator_id = 'S1'");  // the bit is turned back
  EXPECT_EQ(invigilators.list_outlines(exam).at(0).organisation, "한빛 중학교");
}

// Red when a row of an earlier exam keeps somebody from the own page of this one.
TEST_F(DamagedLists, OfAnEarlierExamLeaveTheOwnHistoryWithoutIt) {
  Exam earlier = small_exam("listed-0");
  earlier.header.exam_on = *parse_date("2020-06-06");
  database->exams().save_exam(earlier, nullptr, change_of(database.clock), no_progress());
  services::ListedPerson known = person("S1", 1);
  known.state = services::PersonState::consented;
  known.history = {{"2019", "2019", std::nullopt, 1}};
  save_person(known);
  services::PeopleStep step;
  step.people = {known};
  step.note = {"invigilators.save", "listed-0"};
  step.note.exam = "listed-0";
  database->invigilators().save_people(ExamCode("listed-0"), step, change_of(database.clock));
  spoil_value("invigilators", "person_sealed", "WHERE exam_code = 'listed-0'");
  const auto history =
      list_own_history(database->invigilators(), database->exams(), exam, known, database.clock.now());
  ASSERT_EQ(history.size(), 1U);
  EXPECT_EQ(history[0].duty.held_on, "2019");
}

TEST_F(DamagedLists, OfLettersShowTheOthersAndTakeNewOnes) {
  ask_districts();
  write_letter("One", "first.pdf");
  write_letter("Two", "second.pdf");
  spoil_value("venue_letters", "words_sealed", "ORDER BY letter_no LIMIT 1");
  spoil_value("venue_letter_files", "name_sealed", "WHERE file_id = 'second.pdf'");
  auto list = database->venue_letters().list_letters(exchange);
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[0].words, unreadable_name);
  EXPECT_EQ(list[0].files.at(0).name, "first.pdf");
  EXPECT_EQ(list[1].words, "Two");
  EXPECT_EQ(list[1].files.at(0).name, unreadable_name);
  // What somebody writes next is compared with the newest.
  spoil_value("venue_letters", "words_sealed", "ORDER BY letter_no DESC LIMIT 1");
  services::Letter next;
  next.author = "jongno";
  next.words = "Three";
  next.at = database.clock.now();
  database->venue_letters().add_letter(exchange, next, {}, change_of(database.clock));
  EXPECT_EQ(database->venue_letters().list_letters(exchange).size(), 3U);
}

TEST_F(DamagedLists, OfOffersShowTheOthersAndLoseOneContact) {
  ask_districts();
  const VenueOffer first = save_offer("V1");
  save_offer("V2");
  for (const char* name : {"plan.pdf", "photo.pdf"}) {
    services::VenueFile file;
    file.media_type = "application/pdf";
    file.name = name;
    file.bytes = "%PDF-1.7";
    attach_file(database->venue_offers(), database->venue_files(), city, exam, first.code, file, database.clock.now());
    database.clock.advance(std::chrono::seconds(1));
  }
  spoil_value("venue_offers", "contact_sealed", "WHERE venue_code = 'V1'");
  spoil_value("venue_files", "name_sealed", "ORDER BY sent_at LIMIT 1");
  spoil_value("venue_request_districts", "email_sealed", "WHERE district_code = '11110'");
  const auto offers = database->venue_offers().list_offers(exam, std::nullopt);
  ASSERT_EQ(offers.size(), 2U);
  EXPECT_TRUE(offers[0].contact.email.empty());
  EXPECT_EQ(offers[1].contact.email, "kim@school.example.kr");
  const auto files = database->venue_files().list_files(first.id);
  ASSERT_EQ(files.size(), 2U);
  EXPECT_EQ(files[0].name, unreadable_name);
  EXPECT_EQ(files[1].name, "photo.pdf");
  const services::VenueRequest request = load_request(database->venue_offers(), exam);
  EXPECT_TRUE(request.districts.at(0).email.empty());
  EXPECT_EQ(request.districts.at(1).email, "jung@example.kr");
  EXPECT_EQ(database->venue_offers().list_requests().size(), 1U);
}

TEST_F(DamagedLists, OfSchoolsOfTheLibraryLoseOneContact) {
  for (const char* code : {"V1", "V2"}) {
    services::LibrarySchool school;
    school.district = DistrictCode("11110");
    school.code = VenueCode(code);
    school.name = "한빛 중학교";
    school.contact = {"Kim Contact", "kim@school.example.kr", "010-1234-5678"};
    school.from = exam;
    school.version = 1;
    school.author = "jongno";
    school.changed_at = database.clock.now();
    database->venue_library().save_school(school, change_of(database.clock));
  }
  spoil_value("library_schools", "contact_sealed", "WHERE school_code = 'V1'");
  const auto schools = database->venue_library().list_schools(std::nullopt);
  ASSERT_EQ(schools.size(), 2U);
  EXPECT_TRUE(schools[0].contact.email.empty());
  EXPECT_EQ(schools[1].contact.email, "kim@school.example.kr");
}

TEST_F(DamagedLists, OfTheDayOfTheExamGoOn) {
  const services::Book book{exam, {}};
  const services::MaterialDesk desk{database->materials(),
                                    database->plans(),
                                    database->attempts(),
                                    std::make_shared<services::VenuesOfDistrict>(),
                                    city,
                                    book,
                                    database.clock.now()};
  issue_signer(desk, "district/11110", "Kim Signer");
  issue_signer(desk, "district/11140", "Lee Signer");
  save_own_note(desk, database->briefings(), "Call 120", 0);
  spoil_value("material_signers", "name_sealed", "WHERE station = 'district/11110'");
  spoil_value("briefing_notes", "words_sealed", "");
  std::vector<std::string> names;
  for (const services::MaterialSigner& signer : database->materials().list_signers(book)) names.push_back(signer.name);
  EXPECT_THAT(names, testing::UnorderedElementsAre(unreadable_name, "Lee Signer"));
  EXPECT_EQ(database->briefings().find_note(exam, {})->words, unreadable_name);
  save_own_note(desk, database->briefings(), "Call 119", 1);
  EXPECT_EQ(database->briefings().find_note(exam, {})->words, "Call 119");
}

TEST_F(DamagedLists, OfVersionsOfTheSetUpShowTheOthers) {
  for (const std::int64_t version : {0, 1}) {
    database->recruitments().save_recruitment(sample_notice(), services::RecruitmentState::prepared, version,
                                              change_of(database.clock));
  }
  spoil_value("setup_versions", "reason_sealed", "WHERE version = 1");
  const auto versions = database->setups().list_versions(sample_notice().header.code, services::SetupPart::notice);
  ASSERT_EQ(versions.size(), 2U);
  EXPECT_EQ(versions[0].reason, "because");
  EXPECT_EQ(versions[1].reason, unreadable_name);
}

// The half-open session of somebody who is setting up a second factor.
TEST_F(DamagedLists, OfSessionsShowOneThatIsNotDone) {
  services::add_account(database->accounts(), {"officer.one", services::Role::exam_officer}, "seventeen small cats",
                        change_of(database.clock));
  for (const char* token : {"a", "b"}) {
    services::Session session;
    session.actor = {"officer.one", services::Role::exam_officer};
    session.expires_at = database.clock.now() + std::chrono::hours(1);
    session.pending_secret = "secret";
    database->accounts().save_session(std::string(64, *token), session, database.clock.now());
  }
  spoil_value("sessions", "pending_sealed", "WHERE token_hash LIKE 'a%'");
  EXPECT_EQ(database->accounts().list_sessions("officer.one", database.clock.now()).size(), 2U);
}

}  // namespace
}  // namespace hanjari::tests
