// Special cases that officers record: two of them for each, part of the decisions made from then on, and told where a decision does
// not know one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "hanjari/package/packed_results.h"
#include "hanjari/results/decided.h"
#include "hanjari/results/result_jobs.h"
#include "hanjari/results/rule_trial.h"
#include "hanjari/results/special_cases.h"
#include "results/small_results.h"
#include "stage/code_thrown.h"
#include "stage/memory/memory_results.h"
#include "stage/memory_jobs.h"

namespace hanjari::services {
namespace {

using hanjari::tests::code_thrown;
using hanjari::tests::corrected_results;
using hanjari::tests::ResultFiles;
using hanjari::tests::small_results;
using hanjari::tests::zip_of_results;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const ExamCode exam_of_cases("cases-1");

class ClockOfCases : public Clock {
 public:
  Instant now() const override { return Instant(std::chrono::seconds(1'622'851'200)); }
  std::chrono::nanoseconds elapsed() const override { return std::chrono::nanoseconds(0); }
};

class ExamsOfCases : public ExamRepository {
 public:
  ImportOutcome save_exam(const Exam&, const Plan*, const Change&, Progress&) override { return {}; }
  std::optional<Exam> find_exam(const ExamCode&, const std::string&) override { return std::nullopt; }
  std::optional<ExamHead> find_head(const ExamCode&) override { return std::nullopt; }
  std::vector<StoredPopulation> list_populations(const ExamCode&) override { return {{std::string(64, '0'), 4, {}}}; }
  std::vector<StoredPlan> list_plans(const ExamCode&) override { return {}; }
  std::optional<Plan> find_plan(const Exam&, const std::string&) override { return std::nullopt; }
  std::optional<LivePointer> find_live_plan(const ExamCode&) override { return std::nullopt; }
  void set_live_plan(const ExamCode&, const StoredPlan&, std::int64_t, const Change&) override {}
};

class AccessOfCases : public AccessRecord {
 public:
  using AccessRecord::record_access;
  void record_access(const Change&, const AuditNote& note) override { notes.push_back(note); }
  std::vector<AuditNote> notes;
};

class RecordedCases : public testing::Test {
 protected:
  static Change by(const std::string& author) { return {author, "", ClockOfCases().now(), "exam_officer"}; }

  RecordedCase enter(const std::string& number = "P1", const std::string& kind = "misconduct") {
    return enter_case(results, exam_of_cases, number, kind, "Used a telephone", by("kim"));
  }
  RecordedCase confirmed(const std::string& number = "P1", const std::string& kind = "misconduct") {
    const RecordedCase entered = enter(number, kind);
    return confirm_case(results, exam_of_cases, entered.case_no, entered.version, by("lee"));
  }
  RecordedCase now_of(const RecordedCase& one) { return results.find_case(exam_of_cases, one.case_no).value(); }

  std::string run(const Job& job, const JobWork& work) {
    for (Job& one : jobs.jobs) {
      if (one.id == job.id) one.state = JobState::done;
    }
    return work({job, no_progress(), {}});
  }
  void import(const ResultFiles& files, package::Encoding encoding = package::Encoding::utf8) {
    run(order_result_import(exams, jobs, exam_of_cases, zip_of_results(files), encoding, by("kim")),
        result_import_work(results, jobs, clock));
    const std::string digest = results.packages.back().rules_sha256;
    if (results.rules.step != RulesStep::open) return;
    propose_rules(results, exam_of_cases, 1, digest, by("kim"));
    freeze_rules(results, exam_of_cases, digest, by("lee"));
  }
  StoredDecision decide(std::int64_t package = 1) {
    const Job job = order_decision(results, jobs, exam_of_cases, package, by("kim"));
    return find_decision(results, exam_of_cases, parse_decision_made(run(job, decision_work(exams, results, clock)))->version);
  }
  std::string decisions_of(const StoredDecision& decision) { return results.load_file(decision, "decisions.csv"); }

  ClockOfCases clock;
  ExamsOfCases exams;
  hanjari::tests::MemoryJobs jobs;
  hanjari::tests::MemoryResults results;
  AccessOfCases accesses;
};

// Red when one officer is enough, or a case counts before it is confirmed.
TEST_F(RecordedCases, CountOnceASecondOfficerHasConfirmedThem) {
  const RecordedCase entered = enter(" p1\xE2\x80\x8B ");
  EXPECT_EQ(entered.number.text(), "p1") << "as people paste it";
  EXPECT_EQ(entered.case_no, 1);
  EXPECT_THAT(results.list_counting_cases(exam_of_cases), IsEmpty());
  EXPECT_EQ(code_thrown([&] { confirm_case(results, exam_of_cases, 1, 1, by("kim")); }), "same_officer");
  EXPECT_THAT(results.list_counting_cases(exam_of_cases), IsEmpty());
  EXPECT_EQ(confirm_case(results, exam_of_cases, 1, 1, by("lee")).confirmed_by, "lee");
  EXPECT_EQ(results.list_counting_cases(exam_of_cases).size(), 1U);
  EXPECT_EQ(code_thrown([&] { confirm_case(results, exam_of_cases, 1, 2, by("park")); }), "wrong_case_step");
}

// Red when the names of two accounts do not fit into what a table of cases holds: nothing could be decided any more.
TEST_F(RecordedCases, CountWhateverTheAccountsAreCalled) {
  import(small_results());
  enter_case(results, exam_of_cases, "P1", "misconduct", "Why", by(std::string(190, 'k')));
  confirm_case(results, exam_of_cases, 1, 1, by(std::string(190, 'l')));
  EXPECT_THAT(decisions_of(decide()), HasSubstr("P1,U,void,,,misconduct,\n"));
}

TEST_F(RecordedCases, WithFaultsAreRefusedWithAllOfThem) {
  try {
    enter_case(results, exam_of_cases, " ", "bad_mood", "\xE2\x80\x8B", by("kim"));
    ADD_FAILURE();
  } catch (const InvalidInput& refused) {
    std::vector<std::string> columns;
    for (const Fault& fault : refused.faults().kept()) columns.push_back(fault.column);
    EXPECT_THAT(columns, ElementsAre("applicant_number", "kind", "reason"));
  }
  EXPECT_EQ(code_thrown([&] { enter_case(results, exam_of_cases, "P1;P2", "misconduct", "Why", by("kim")); }), "bad_special_case");
  EXPECT_EQ(code_thrown([&] { enter_case(results, exam_of_cases, "P1", "misconduct", std::string(301, 'a'), by("kim")); }), "bad_special_case")
      << "longer than a table of cases holds";
  enter();
  EXPECT_EQ(code_thrown([&] { enter("P1", "withdrawal"); }), "special_case_there") << "everybody has one at most";
  EXPECT_EQ(results.cases.size(), 1U);
}

// Red when a step is taken on what somebody else has changed since it was seen.
TEST_F(RecordedCases, MoveByCompareAndSet) {
  enter();
  EXPECT_EQ(code_thrown([&] { confirm_case(results, exam_of_cases, 1, 7, by("lee")); }), "special_case_changed");
  EXPECT_EQ(code_thrown([&] { confirm_case(results, exam_of_cases, 2, 1, by("lee")); }), "unknown_special_case");
  results.before_save = [&] { ++results.cases.front().version; };  // somebody else, at this moment
  EXPECT_EQ(code_thrown([&] { confirm_case(results, exam_of_cases, 1, 1, by("lee")); }), "special_case_changed");
  EXPECT_EQ(results.cases.front().step, CaseStep::entered);
}

// Red when a case is no part of what is decided, or when it edits a mark.
TEST_F(RecordedCases, JoinTheDecision) {
  import(small_results());
  const StoredDecision without = decide();
  EXPECT_EQ(without.cases_sha256, "");
  confirmed();
  const StoredDecision with = decide();
  EXPECT_EQ(with.version, 2) << "the same package is decided on again";
  EXPECT_EQ(with.package, without.package);
  EXPECT_EQ(with.before, 1);
  EXPECT_NE(with.decision_sha256, without.decision_sha256);
  EXPECT_THAT(decisions_of(with), HasSubstr("P1,U,void,,,misconduct,\n"));
  EXPECT_THAT(decisions_of(with), HasSubstr("P4,U,passed,60.25,2,")) << "the next one has the place";
  EXPECT_THAT(results.load_file(with, "differences.csv"), HasSubstr("P1"));
  const std::string table = results.load_file(with, "recorded_cases.csv");
  EXPECT_EQ(table, "applicant_number,kind,reason,decided_by\nP1,misconduct,Used a telephone,\"kim, lee\"\n");
  EXPECT_EQ(with.cases_sha256, sha256(table).hex());
  EXPECT_EQ(results.zips.size(), 1U) << "no package is written";
  const auto files = load_decided_files(results, with);
  EXPECT_EQ(package::digest_files(files), with.package_sha256) << "the marks are those that were sent";
  // The command gives the same bytes from the package and this table.
  const Decided command = decide_package(package::load_results(files, selection::Stage::written, package::Encoding::utf8, no_progress()));
  EXPECT_EQ(digest_decided(command), with.decision_sha256);
  EXPECT_EQ(package::unpack_results(zip_of_results(files)), files) << "also when both are packed together";
  EXPECT_TRUE(decide().version == 2) << "nothing has changed since";
}

TEST_F(RecordedCases, OfAnAnnulledExamAndOfLateDocumentsCount) {
  import(small_results());
  confirmed("P1", "annulled");
  confirmed("P2", "late_documents");
  const std::string decisions = decisions_of(decide());
  EXPECT_THAT(decisions, HasSubstr("P1,U,void,,,annulled,\n"));
  EXPECT_THAT(decisions, HasSubstr("P2,U,passed,70.50,1,"));
  EXPECT_THAT(decisions, Not(HasSubstr("veteran_5")));
}

// Red when the path, or a trial of other rules, is judged without the cases: it would say that the decision differs.
TEST_F(RecordedCases, StandInThePathAndInTrials) {
  import(small_results());
  confirmed();
  const StoredDecision decision = decide();
  std::string path;
  for (const selection::Step& step : open_path(results, accesses, decision, "P1", by("kim")).steps) path += step.sentence.en;
  EXPECT_THAT(path, HasSubstr("Used a telephone"));
  EXPECT_THAT(path, HasSubstr("kim, lee"));
  EXPECT_EQ(try_rules(results, accesses, decision, {{"to_pass.U", "2"}}, by("kim")).verdicts, 0);
  // Whatever was kept instead of the table.
  results.files[decision.id]["recorded_cases.csv"] += "P2,withdrawal,Why,who\n";
  EXPECT_EQ(code_thrown([&] { open_path(results, accesses, decision, "P1", by("kim")); }), "decision_differs");
}

// The table is the service's own, whatever encoding the results came in.
TEST_F(RecordedCases, AreReadBesideTablesInAnotherEncoding) {
  ResultFiles files = small_results();
  std::string& units = files["units.csv"];
  units.replace(units.find("행정"), std::string("행정").size(), "\xC7\xE0\xC1\xA4");
  import(files, package::Encoding::cp949);
  const RecordedCase entered = enter_case(results, exam_of_cases, "P1", "misconduct", "전화기 사용", by("kim"));
  confirm_case(results, exam_of_cases, entered.case_no, entered.version, by("lee"));
  std::string path;
  for (const selection::Step& step : open_path(results, accesses, decide(), "P1", by("kim")).steps) path += step.sentence.ko;
  EXPECT_THAT(path, HasSubstr("전화기 사용"));
}

// Red when a number that nobody has, or two cases of one person, are passed over.
TEST_F(RecordedCases, ThatFitNobodyStopTheDecisionByName) {
  ResultFiles files = small_results();
  files["special_cases.csv"] = "applicant_number,kind,reason,decided_by\nP2,withdrawal,In writing,kim\n";
  import(files);
  confirmed("P9");
  confirmed("P2");
  const Job job = order_decision(results, jobs, exam_of_cases, 1, by("kim"));
  try {
    decision_work(exams, results, clock)({job, no_progress(), {}});
    ADD_FAILURE();
  } catch (const InvalidInput& refused) {
    ASSERT_EQ(refused.faults().count(), 2U);
    for (const Fault& fault : refused.faults().kept()) EXPECT_EQ(fault.file, "recorded_cases.csv");
    EXPECT_THAT(refused.faults().kept()[0].format(Language::english) + refused.faults().kept()[1].format(Language::english),
                ::testing::AllOf(HasSubstr("P9"), HasSubstr("P2")));
  }
  EXPECT_THAT(results.decisions, IsEmpty());
}

// Red when a decision that does not know a case looks as if it did, and when it can still be given to be published.
TEST_F(RecordedCases, OvertakeTheDecisionThatDoesNotKnowThem) {
  import(small_results());
  const StoredDecision first = decide();
  EXPECT_FALSE(is_overtaken(results, first));
  enter();
  EXPECT_FALSE(is_overtaken(results, first)) << "nobody has confirmed it";
  confirm_case(results, exam_of_cases, 1, 1, by("lee"));
  EXPECT_TRUE(is_overtaken(results, first));
  EXPECT_EQ(code_thrown([&] { require_not_overtaken(results, first); }), "decision_overtaken");
  const StoredDecision second = decide();
  EXPECT_FALSE(is_overtaken(results, second));
  EXPECT_TRUE(is_overtaken(results, first));
}

TEST_F(RecordedCases, AreTakenBackWithAReasonBeforeADecisionUsesThem) {
  import(small_results());
  const RecordedCase counted = confirmed();
  EXPECT_EQ(code_thrown([&] { take_back_case(results, exam_of_cases, 1, counted.version, " ", by("kim")); }), "reason_missing");
  const RecordedCase back = take_back_case(results, exam_of_cases, 1, counted.version, "The wrong number", by("kim"));
  EXPECT_EQ(back.step, CaseStep::taken_back);
  EXPECT_EQ(back.taking_back, "The wrong number");
  EXPECT_THAT(decisions_of(decide()), HasSubstr("P1,U,passed"));
  EXPECT_EQ(code_thrown([&] { take_back_case(results, exam_of_cases, 1, back.version, "Again", by("kim")); }), "wrong_case_step");
  EXPECT_EQ(enter("P1", "withdrawal").case_no, 2) << "another one can be entered";
}

// Red when one officer alone undoes what a decision was made with.
TEST_F(RecordedCases, ThatADecisionUsedAreLiftedByTwoOfficers) {
  import(small_results());
  confirmed();
  const StoredDecision with = decide();
  const RecordedCase used = now_of(results.cases.front());
  EXPECT_EQ(used.used_in, with.version);
  EXPECT_EQ(code_thrown([&] { take_back_case(results, exam_of_cases, 1, used.version - 1, "An appeal", by("kim")); }), "special_case_changed")
      << "the page was older than the decision";
  const RecordedCase lifting = take_back_case(results, exam_of_cases, 1, used.version, "An appeal", by("kim"));
  EXPECT_EQ(lifting.step, CaseStep::lifting);
  EXPECT_FALSE(is_overtaken(results, with)) << "it goes on counting";
  EXPECT_EQ(code_thrown([&] { confirm_case(results, exam_of_cases, 1, lifting.version, by("kim")); }), "same_officer");
  const RecordedCase lifted = confirm_case(results, exam_of_cases, 1, lifting.version, by("lee"));
  EXPECT_EQ(lifted.step, CaseStep::taken_back);
  EXPECT_EQ(lifted.lifted_by, "lee");
  EXPECT_TRUE(is_overtaken(results, with));
  EXPECT_EQ(find_overtaken(results, exam_of_cases).value().version, with.version);
  EXPECT_THAT(decisions_of(decide()), HasSubstr("P1,U,passed"));
  EXPECT_FALSE(find_overtaken(results, exam_of_cases));
}

// Red when officers are sent to decide again for ever, because the newest decision is not the one that counts.
TEST_F(RecordedCases, ThatWereLiftedLetTheDecisionBeforeThemCountAgain) {
  import(small_results());
  const StoredDecision before = decide();
  confirmed();
  EXPECT_EQ(find_overtaken(results, exam_of_cases).value().version, before.version);
  decide();
  EXPECT_FALSE(find_overtaken(results, exam_of_cases));
  const RecordedCase lifting = take_back_case(results, exam_of_cases, 1, now_of(results.cases.front()).version, "An appeal", by("kim"));
  confirm_case(results, exam_of_cases, 1, lifting.version, by("lee"));
  EXPECT_FALSE(find_overtaken(results, exam_of_cases));
  EXPECT_FALSE(is_overtaken(results, before));
  EXPECT_EQ(decide().version, before.version);
}

// Red when the service's own table can be sent to it: its cases would count twice, or be passed over.
TEST_F(RecordedCases, AreNoPartOfWhatIsSent) {
  ResultFiles files = small_results();
  files["recorded_cases.csv"] = "applicant_number,kind,reason,decided_by\nP1,misconduct,Why,who\n";
  try {
    import(files);
    ADD_FAILURE();
  } catch (const InvalidInput& refused) {
    ASSERT_EQ(refused.faults().count(), 1U);
    EXPECT_THAT(refused.faults().kept()[0].format(Language::english), HasSubstr("join every decision by themselves"));
  }
  EXPECT_THAT(results.packages, IsEmpty());
}

// A case that is confirmed while a decision is made is in the next one, never half in this one.
TEST_F(RecordedCases, ConfirmedMeanwhileSendTheDecisionBack) {
  import(small_results());
  StoredDecision decision = decide();
  confirmed();
  decision.id = "late";
  decision.package = "another";
  EXPECT_EQ(code_thrown([&] { results.add_decision(decision, {}, by("kim")); }), "special_cases_changed");
}

TEST_F(RecordedCases, AreOpenedOnRecord) {
  for (const char* number : {"P1", "P2", "P3"}) enter(number);
  const auto newest = open_cases(results, accesses, exam_of_cases, {.limit = 2}, by("lee"));
  ASSERT_EQ(newest.size(), 2U);
  EXPECT_EQ(newest[0].number.text(), "P3");
  EXPECT_EQ(open_cases(results, accesses, exam_of_cases, {.before_no = 2}, by("lee")).front().number.text(), "P1");
  EXPECT_EQ(open_cases(results, accesses, exam_of_cases, {.number = ApplicantNumber("P2")}, by("lee")).size(), 1U);
  EXPECT_THAT(open_cases(results, accesses, exam_of_cases, {.number = ApplicantNumber("P9")}, by("lee")), IsEmpty());
  ASSERT_EQ(accesses.notes.size(), 4U);
  EXPECT_EQ(accesses.notes[0].action, "special_case.read");
  EXPECT_THAT(accesses.notes[0].whose, ElementsAre("P3", "P2"));
  EXPECT_THAT(accesses.notes[3].whose, ElementsAre("P9")) << "who was looked for";
  EXPECT_EQ(accesses.notes[0].subject.find("P3"), std::string::npos) << "subjects hold codes only";
}

}  // namespace
}  // namespace hanjari::services
