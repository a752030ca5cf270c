// Invigilators on a real database: sealed, found by their code, changed by one at a time, and gone with their exam.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "hanjari/base/error.h"
#include "hanjari/invigilators/invigilators.h"
#include "hanjari/rekeying/keys.h"
#include "stage/code_thrown.h"
#include "stage/killed_programs.h"
#include "stage/test_database.h"

namespace hanjari::services {
namespace {

using hanjari::tests::change_of;
using hanjari::tests::code_thrown;
using hanjari::tests::TestDatabase;

class KeptInvigilators : public testing::Test {
 protected:
  KeptInvigilators() {
    database->exams().save_exam(hanjari::tests::small_exam(), nullptr, change_of(database.clock), no_progress());
  }
  InvigilatorRepository& invigilators() { return database->invigilators(); }
  std::int64_t count(const std::string& what) { return database.number("SELECT COUNT(*) FROM " + what); }

  ListedPerson make_person(const char* id, PersonState state) {
    ListedPerson person;
    person.facts.id = InvigilatorId(id);
    person.facts.name = "김하늘이름";
    person.facts.organisation = "하늘중학교";
    person.facts.home = {37.5, 127.1};
    person.facts.roles.add(DutyRole::chief);
    person.facts.past_duties = 3;
    person.facts.consent = state == PersonState::consented;
    person.email = "sky@example.kr";
    person.state = state;
    person.version = 1;
    return person;
  }
  void save(const ListedPerson& person, std::vector<Message> messages = {}) {
    PeopleStep step;
    step.people = {person};
    step.messages = std::move(messages);
    step.note = {"invigilators.save", "test-1"};
    step.note.exam = "test-1";
    invigilators().save_people(code, step, change_of(database.clock));
  }
  Staffing make_staffing(const char* id, std::int64_t before, const char* job) {
    Staffing staffing;
    staffing.id = id;
    staffing.exam = code;
    staffing.before = before;
    staffing.plan_digest = staffing.duties_sha256 = std::string(64, 'a');
    staffing.places = 2;
    staffing.unfilled = 1;
    staffing.job = job;
    staffing.by_hand = staffing.job.empty();
    staffing.author = "kim";
    staffing.at = database.clock.now();
    return staffing;
  }

  TestDatabase database;
  const ExamCode code{"test-1"};
  const package::PackedFiles duties{{"duties.csv", "venue_code,room_no\nV1,90417\n"}, {"report.json", "{}"}};
};

// Red when person_sealed holds the text itself.
TEST_F(KeptInvigilators, StandSealedAndComeBackWhole) {
  ListedPerson person = make_person("S1", PersonState::invited);
  person.invited_until = database.clock.now() + std::chrono::hours(24);
  person.new_code = "abcdabcdabcdabcd";
  person.reason = "";
  save(person);
  const ListedPerson kept = invigilators().find_person(code, InvigilatorId("S1")).value();
  EXPECT_EQ(write_person(kept), write_person(person));
  EXPECT_EQ(kept.state, PersonState::invited);
  EXPECT_EQ(kept.invited_until, person.invited_until);
  EXPECT_EQ(invigilators().find_code("abcdabcdabcdabcd").value().person, InvigilatorId("S1"));
  EXPECT_FALSE(invigilators().find_code("abcdabcdabcdabce"));
  for (const char* open : {"김하늘이름", "sky@example.kr", "abcdabcd"}) {
    EXPECT_EQ(count(std::string("invigilators WHERE INSTR(person_sealed, '") + open + "') > 0"), 0) << open;
  }
  EXPECT_EQ(count("audit_entries WHERE action = 'invigilators.save'"), 1);
}

TEST_F(KeptInvigilators, AreChangedByOneAtATime) {
  save(make_person("S1", PersonState::listed));
  EXPECT_EQ(code_thrown([&] { save(make_person("S1", PersonState::consented)); }), "invigilators_changed");
  ListedPerson next = make_person("S1", PersonState::consented);
  next.version = 2;
  save(next);
  EXPECT_EQ(invigilators().find_person(code, InvigilatorId("S1")).value().state, PersonState::consented);
  // Together or not at all.
  PeopleStep both;
  both.people = {make_person("S2", PersonState::listed), make_person("S1", PersonState::declined)};
  both.note = {"invigilators.save", "test-1"};
  EXPECT_EQ(code_thrown([&] { invigilators().save_people(code, both, change_of(database.clock)); }),
            "invigilators_changed");
  EXPECT_FALSE(invigilators().find_person(code, InvigilatorId("S2")));
  EXPECT_EQ(count("audit_entries WHERE action = 'invigilators.save'"), 2);
}

// Red when a step that was thought out under an earlier list is taken, or one that is of use is not.
TEST_F(KeptInvigilators, AreNotChangedByWhoSawAnEarlierList) {
  save(make_person("S1", PersonState::listed));
  const std::string seen = invigilators().mark_of_people(code);
  save(make_person("S2", PersonState::listed));
  PeopleStep step;
  step.beside = package::PackedFiles{{"staffing.json", R"({"corridor_per_floor": 2})"}};
  step.note = {"duties.rules", "test-1"};
  step.note.exam = "test-1";
  step.seen_mark = seen;
  EXPECT_EQ(code_thrown([&] { invigilators().save_people(code, step, change_of(database.clock)); }), "invigilators_changed");
  EXPECT_TRUE(invigilators().load_beside(code).empty());
  step.seen_mark = invigilators().mark_of_people(code);
  invigilators().save_people(code, step, change_of(database.clock));
  EXPECT_EQ(invigilators().load_beside(code).at("staffing.json"), R"({"corridor_per_floor": 2})");
  EXPECT_EQ(count("audit_entries WHERE action = 'duties.rules'"), 1);
}

// Red when calls and past duties are lost on the way, or stand open.
TEST_F(KeptInvigilators, KeepTheirPastDutiesAndCallsSealed) {
  ListedPerson person = make_person("S1", PersonState::invited);
  person.invited_until = database.clock.now() + std::chrono::hours(24);
  person.new_code = "abcdabcdabcdabcd";
  person.history = {{"2020-06-13", "지난시험이름", DutyRole::chief, 1}, {"2019", "", std::nullopt, 3}};
  person.calls = {{VenueCode("V1"), DutyRole::reserve, database.clock.now(), database.clock.now() + std::chrono::hours(1),
                   "kim", CallAnswer::open}};
  save(person);
  const ListedPerson kept = invigilators().find_person(code, InvigilatorId("S1")).value();
  EXPECT_EQ(kept.history, person.history);
  ASSERT_NE(find_open_call(kept, database.clock.now()), nullptr);
  EXPECT_EQ(find_open_call(kept, database.clock.now() + std::chrono::hours(2)), nullptr);
  EXPECT_EQ(kept.calls.front().role, DutyRole::reserve);
  EXPECT_EQ(count("invigilators WHERE INSTR(person_sealed, '지난시험이름') > 0"), 0);
  EXPECT_EQ(invigilators().list_exams_of(InvigilatorId("S1")), std::vector<ExamCode>{code});
  EXPECT_TRUE(invigilators().list_exams_of(InvigilatorId("S2")).empty());
}

// Red when the mark goes by the number of people alone, or leaves out what was imported beside them.
TEST_F(KeptInvigilators, HaveAMarkThatChangesWithEverythingThatIsReadOfThem) {
  std::set<std::string> marks{invigilators().mark_of_people(code)};
  save(make_person("S1", PersonState::listed));
  EXPECT_TRUE(marks.insert(invigilators().mark_of_people(code)).second) << "somebody more";
  ListedPerson next = make_person("S1", PersonState::consented);
  next.version = 2;
  save(next);
  const std::string mark = invigilators().mark_of_people(code);
  EXPECT_TRUE(marks.insert(mark).second) << "a consent";
  EXPECT_EQ(invigilators().mark_of_people(code), mark) << "nothing happened";
  PeopleStep step;
  step.note = {"invigilators.import", "test-1"};
  step.note.exam = "test-1";
  for (const char* rules : {"{}", "{\"corridor_per_floor\": 0}"}) {
    step.beside = package::PackedFiles{{"staffing.json", rules}};
    invigilators().save_people(code, step, change_of(database.clock));
    EXPECT_TRUE(marks.insert(invigilators().mark_of_people(code)).second) << rules;
  }
}

// Red when a list opens people who have not changed, when it keeps them as they were, or keeps those of a destroyed exam.
TEST_F(KeptInvigilators, AreOpenedOnceForEveryChangeOfThem) {
  save(make_person("S1", PersonState::listed));
  save(make_person("S2", PersonState::listed));
  const auto known = invigilators().list_outlines(code);
  ASSERT_EQ(known.size(), 2u);
  EXPECT_EQ(known.front().organisation, "하늘중학교");
  EXPECT_EQ(known.front().past_duties, 3);
  EXPECT_TRUE(known.front().roles.has(DutyRole::chief));
  database.connect()->execute("UPDATE invigilators SET person_sealed = 'not to be opened' WHERE invigilator_id = 'S1'");
  ListedPerson next = make_person("S2", PersonState::consented);
  next.version = 2;
  next.briefed_at = database.clock.now();
  next.read_instruction = 4;
  save(next);
  const auto again = invigilators().list_outlines(code);
  ASSERT_EQ(again.size(), 2u);
  EXPECT_FALSE(again.front().briefed);
  EXPECT_TRUE(again.back().briefed);
  EXPECT_EQ(again.back().read_instruction, 4);
  EXPECT_EQ(again.front().organisation, "하늘중학교");
  EXPECT_EQ(again.back().state, PersonState::consented);
  EXPECT_TRUE(again.back().consent);
  const auto one = invigilators().find_people(code, {InvigilatorId("S2"), InvigilatorId("S77")});
  ASSERT_EQ(one.size(), 1u);
  EXPECT_EQ(one.front().facts.name, "김하늘이름");
}

TEST_F(KeptInvigilators, HaveABoardThatOneChangesAtATime) {
  EXPECT_EQ(invigilators().find_board(code).version, 0);
  DutyBoard board;
  board.version = 1;
  board.rooms_open_at = database.clock.now();
  board.instructions = "일곱 시까지 오십시오.";
  board.pay[DutyRole::chief] = 100'000;
  board.chiefs["chief"] = VenueCode("V1");
  invigilators().save_board(code, board, change_of(database.clock));
  EXPECT_EQ(code_thrown([&] { invigilators().save_board(code, board, change_of(database.clock)); }), "duty_board_changed");
  const DutyBoard kept = invigilators().find_board(code);
  EXPECT_EQ(write_board(kept), write_board(board));
  EXPECT_EQ(kept.rooms_open_at, board.rooms_open_at);
}

TEST_F(KeptInvigilators, HaveDutiesInVersionsOnceForEachJob) {
  const Staffing first = invigilators().add_staffing(make_staffing("one", 0, "job-1"), duties, nullptr, change_of(database.clock));
  EXPECT_EQ(first.version, 1);
  // A program that died after its commit does the job again.
  const Staffing again = invigilators().add_staffing(make_staffing("two", 0, "job-1"), duties, nullptr, change_of(database.clock));
  EXPECT_EQ(again.id, "one");
  EXPECT_EQ(code_thrown([&] {
              invigilators().add_staffing(make_staffing("three", 0, ""), duties, nullptr, change_of(database.clock));
            }),
            "staffings_changed");
  EXPECT_EQ(invigilators().add_staffing(make_staffing("three", 1, ""), duties, nullptr, change_of(database.clock)).version, 2);
  EXPECT_EQ(invigilators().list_staffings(code).front().id, "three");
  EXPECT_EQ(invigilators().load_staffing(first), duties);
  EXPECT_EQ(count("invigilator_parts WHERE INSTR(content_sealed, '90417') > 0"), 0);
}

TEST_F(KeptInvigilators, AreGoneWithTheirExam) {
  save(make_person("S1", PersonState::consented));
  save(make_person("S2", PersonState::consented));
  DutySwap swap;
  swap.id = "swap-1";
  swap.exam = code;
  swap.first = InvigilatorId("S1");
  swap.second = InvigilatorId("S2");
  swap.asked_at = database.clock.now();
  swap.version = 1;
  invigilators().save_swap(swap, change_of(database.clock));
  // Red when only the page looks whether the asker has another wish: two that are sent at once would both be written.
  DutySwap second = swap;
  second.id = "swap-2";
  EXPECT_EQ(code_thrown([&] { invigilators().save_swap(second, change_of(database.clock)); }), "wrong_swap");
  const Staffing kept = invigilators().add_staffing(make_staffing("one", 0, "job-1"), duties, nullptr, change_of(database.clock));
  EXPECT_EQ(invigilators().list_outlines(code).size(), 2u);
  storage::order_destruction(hanjari::tests::hasty_settings(database), "test-1", database.clock.now(), change_of(database.clock));
  storage::destroy_due(hanjari::tests::hasty_settings(database), change_of(database.clock), database.clock, no_progress());
  for (const char* table : {"invigilators", "duty_swaps", "invigilator_parts"}) EXPECT_EQ(count(table), 0) << table;
  EXPECT_TRUE(invigilators().list_people(code).empty());
  EXPECT_TRUE(invigilators().list_outlines(code).empty()) << "nothing is kept of them";
  EXPECT_EQ(code_thrown([&] { invigilators().load_staffing(kept); }), "duties_destroyed");
  EXPECT_EQ(code_thrown([&] { save(make_person("S3", PersonState::listed)); }), "exam_destroyed");
}

// Red when a table of sealed values does not name the column.
TEST_F(KeptInvigilators, OpenUnderNewKeysToo) {
  save(make_person("S1", PersonState::consented));
  const Staffing kept = invigilators().add_staffing(make_staffing("one", 0, "job-1"), duties, nullptr, change_of(database.clock));
  storage::rotate_keys(hanjari::tests::hasty_settings(database), change_of(database.clock), system_clock(), no_progress());
  storage::Database again(hanjari::tests::test_settings(database.folder.path()), storage::SchemaUpgrade::never,
                          database.clock, no_progress());
  EXPECT_EQ(again.invigilators().find_person(code, InvigilatorId("S1")).value().facts.name, "김하늘이름");
  EXPECT_EQ(again.invigilators().load_staffing(kept), duties);
}

// An invitation is in the outbox exactly when the person is noted as asked.
TEST_F(KeptInvigilators, AreToldInTheTransactionThatNotesIt) {
  Message message;
  message.dedupe_id = "invigilator/test-1/S1/1";
  message.to = "sky@example.kr";
  message.body = "code";
  message.exam = "test-1";
  save(make_person("S1", PersonState::listed), {message});
  EXPECT_EQ(count("messages"), 1);
  Message other = message;
  other.dedupe_id = "invigilator/test-1/S1/2";
  EXPECT_EQ(code_thrown([&] { save(make_person("S1", PersonState::listed), {other}); }), "invigilators_changed");
  EXPECT_EQ(count("messages"), 1);
}

}  // namespace
}  // namespace hanjari::services
