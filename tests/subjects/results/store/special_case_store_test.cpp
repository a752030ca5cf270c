// Special cases on a real database: sealed, one for each person, changed by compare-and-set, and gone with their exam.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hanjari/base/error.h"
#include "hanjari/domain/unreadable.h"
#include "hanjari/rekeying/keys.h"
#include "hanjari/results/result_jobs.h"
#include "results/small_results.h"
#include "stage/code_thrown.h"
#include "stage/machine.h"
#include "stage/test_database.h"

namespace hanjari::services {
namespace {

using hanjari::tests::change_of;
using hanjari::tests::code_thrown;
using hanjari::tests::TestDatabase;

class KeptCases : public testing::Test {
 protected:
  KeptCases() { database->exams().save_exam(hanjari::tests::small_exam(), nullptr, change_of(database.clock), no_progress()); }
  ResultRepository& results() { return database->results(); }
  Change by(const std::string& author) {
    Change change = change_of(database.clock);
    change.author = author;
    return change;
  }
  std::int64_t count(const std::string& what) { return database.number("SELECT COUNT(*) FROM " + what); }
  RecordedCase enter(const std::string& number) {
    return enter_case(results(), code, number, "misconduct", "Used a telephone", by("kim"));
  }
  RecordedCase confirmed(const std::string& number) {
    const RecordedCase entered = enter(number);
    return confirm_case(results(), code, entered.case_no, entered.version, by("lee"));
  }
  // A package with frozen rules, and a decision on it that nobody has kept yet.
  StoredDecision decision_to_keep() {
    ResultPackage package;
    package.id = "package";
    package.exam = code;
    package.package_sha256 = package.input_sha256 = package.rules_sha256 = std::string(64, 'a');
    results().add_package(package, "ZIP", by("kim"));
    propose_rules(results(), code, 1, package.rules_sha256, by("kim"));
    freeze_rules(results(), code, package.rules_sha256, by("lee"));
    StoredDecision decision;
    decision.id = "decision-1";
    decision.exam = code;
    decision.package = package.id;
    decision.rules_sha256 = package.rules_sha256;
    decision.decision_sha256 = std::string(64, 'd');
    return decision;
  }

  TestDatabase database;
  const ExamCode code{"test-1"};
};

TEST_F(KeptCases, ComeBackAsTheyWereEnteredAndStandSealed) {
  const RecordedCase entered = enter("P1");
  const RecordedCase kept = results().find_case(code, 1).value();
  EXPECT_EQ(kept.id, entered.id);
  EXPECT_EQ(kept.number.text(), "P1");
  EXPECT_EQ(kept.kind, selection::SpecialCase::misconduct);
  EXPECT_EQ(kept.reason, "Used a telephone");
  EXPECT_EQ(kept.entered_by, "kim");
  EXPECT_EQ(kept.entered_at, database.clock.now());
  take_back_case(results(), code, 1, 1, "The wrong number", by("kim"));
  EXPECT_EQ(results().find_case(code, 1)->taking_back, "The wrong number");
  for (const char* open : {"number", "telephone", "misconduct", "wrong"}) {
    EXPECT_EQ(count(std::string("special_cases WHERE INSTR(CONCAT(content_sealed, taking_back_sealed, number_hash), '") + open + "') > 0"), 0)
        << open;
  }
  // Every program reads the trail: it says that there is a case of P1, the office alone what it is.
  EXPECT_EQ(database->audit().list_entries({.action = "special_case.enter"}).front().note.detail, "version 1");
  EXPECT_EQ(database->audit().list_entries({.action = "special_case.take_back"}).front().note.detail, "version 2");
  EXPECT_THAT(database->audit().list_entries({.action = "special_case.enter"}).front().note.whose, testing::ElementsAre("P1"));
  EXPECT_FALSE(database->audit().verify(no_progress()).first_break);
}

TEST_F(KeptCases, AreListedInPagesAndFoundByNumber) {
  for (const char* number : {"P1", "P2", "P3", "P4", "P5"}) enter(number);
  const auto newest = results().list_cases(code, {.limit = 2});
  ASSERT_EQ(newest.size(), 2U);
  EXPECT_EQ(newest[0].number.text(), "P5");
  const auto next = results().list_cases(code, {.before_no = newest[1].case_no, .limit = 2});
  ASSERT_EQ(next.size(), 2U);
  EXPECT_EQ(next[0].number.text(), "P3");
  const auto found = results().list_cases(code, {.number = ApplicantNumber("P2")});
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].case_no, 2);
  EXPECT_TRUE(results().list_cases(code, {.number = ApplicantNumber("P")}).empty());
  EXPECT_TRUE(results().list_cases(ExamCode("test-2"), {}).empty());
}

TEST_F(KeptCases, OfOnePersonStandOnceHoweverManyEnterThem) {
  enter("P1");
  EXPECT_EQ(code_thrown([&] { enter("P1"); }), "special_case_there");
  take_back_case(results(), code, 1, 1, "A mistake", by("kim"));
  EXPECT_EQ(enter("P1").case_no, 2);
  EXPECT_EQ(count("special_cases"), 2) << "nothing is deleted";
  EXPECT_EQ(code_thrown([&] { enter_case(results(), ExamCode("nowhere"), "P1", "misconduct", "Why", by("kim")); }), "exam_not_found");
}

// The database itself holds what the use cases promise, whoever calls it.
TEST_F(KeptCases, AreConfirmedByAnotherAndChangedByCompareAndSet) {
  RecordedCase alone = enter("P1");
  alone.step = CaseStep::confirmed;
  alone.confirmed_by = "kim";
  ++alone.version;
  EXPECT_ANY_THROW(results().save_case(alone, by("kim")));
  alone.confirmed_by = "lee";
  results().save_case(alone, by("lee"));
  EXPECT_EQ(code_thrown([&] { results().save_case(alone, by("lee")); }), "special_case_changed");
  EXPECT_EQ(results().find_case(code, 1)->version, 2);
}

// Red when a decision is kept that was made with other cases, or when the package can be decided on only once.
TEST_F(KeptCases, JoinTheDecisionThatIsKept) {
  StoredDecision decision = decision_to_keep();
  EXPECT_EQ(results().add_decision(decision, {{"decisions.csv", "P1,passed"}}, by("kim")).version, 1);
  const RecordedCase counted = confirmed("P1");
  StoredDecision again = decision;
  again.id = "decision-2";
  again.before = 1;
  again.cases_sha256 = std::string(64, 'c');
  EXPECT_EQ(code_thrown([&] { results().add_decision(again, {}, by("kim")); }), "special_cases_changed");
  EXPECT_EQ(results().find_case(code, 1)->used_in, 0);
  const auto counting = results().list_counting_cases(code);
  again.cases_sha256 = digest_recorded_cases(counting);
  const DecisionFiles files{{"decisions.csv", "P1,void"}, {"recorded_cases.csv", write_recorded_cases(counting)}};
  EXPECT_EQ(results().add_decision(again, files, by("kim")).version, 2);
  EXPECT_EQ(find_decision(results(), code, 2).cases_sha256, again.cases_sha256);
  EXPECT_EQ(find_decision(results(), code, 1).cases_sha256, "");
  EXPECT_EQ(results().find_case(code, 1)->used_in, 2);
  EXPECT_TRUE(is_overtaken(results(), find_decision(results(), code, 1)));
  EXPECT_FALSE(is_overtaken(results(), find_decision(results(), code, 2)));
  // Whoever saw the case before the decision does not take it back alone.
  EXPECT_EQ(code_thrown([&] { take_back_case(results(), code, 1, counted.version, "A mistake", by("kim")); }), "special_case_changed");
  RecordedCase behind = results().find_case(code, 1).value();
  behind.step = CaseStep::taken_back;
  behind.taken_back_by = "kim";
  ++behind.version;
  EXPECT_ANY_THROW(results().save_case(behind, by("kim"))) << "a used case has a second officer";
}

// Red when a case that does not open is left out of what is decided, or ends the list.
TEST_F(KeptCases, ThatDoNotOpenAreShownSoAndStopTheDecision) {
  confirmed("P1");
  confirmed("P2");
  database.connect()->execute("UPDATE special_cases SET content_sealed = INSERT(content_sealed, LENGTH(content_sealed), 1, "
                              "CHAR(ASCII(RIGHT(content_sealed, 1)) ^ 1)) WHERE case_no = 1");
  const auto cases = results().list_cases(code, {});
  ASSERT_EQ(cases.size(), 2U);
  EXPECT_EQ(cases[0].number.text(), "P2");
  EXPECT_EQ(cases[1].reason, unreadable_name);
  EXPECT_NE(code_thrown([&] { results().list_counting_cases(code); }), "nothing");
  EXPECT_FALSE(digest_counting_cases(results(), code)) << "pages are shown all the same, and no decision knows it";
  // It can be taken back, so that the exam is decided at all.
  EXPECT_EQ(take_back_case(results(), code, 1, cases[1].version, "Does not open", by("kim")).step, CaseStep::taken_back);
  EXPECT_EQ(results().list_counting_cases(code).size(), 1U);
  EXPECT_TRUE(digest_counting_cases(results(), code));
}

// Red when new keys do not know the table.
TEST_F(KeptCases, AreSealedAnew) {
  confirmed("P1");
  storage::rotate_keys(hanjari::tests::hasty_settings(database), by("kim"), system_clock(), no_progress());
  storage::Database again(hanjari::tests::test_settings(database.folder.path()), storage::SchemaUpgrade::never, database.clock,
                          no_progress());
  EXPECT_EQ(again.results().list_counting_cases(code).front().reason, "Used a telephone");
}

// Red when the destruction of an exam does not know it.
TEST_F(KeptCases, GoWithTheirExamAndComeNotBack) {
  confirmed("P1");
  storage::order_destruction(hanjari::tests::hasty_settings(database), "test-1", database.clock.now(), by("kim"));
  storage::destroy_due(hanjari::tests::hasty_settings(database), by("kim"), database.clock, no_progress());
  EXPECT_EQ(count("special_cases"), 0);
  EXPECT_NE(code_thrown([&] { enter("P2"); }), "nothing");
  EXPECT_EQ(count("special_cases"), 0);
}

}  // namespace
}  // namespace hanjari::services
