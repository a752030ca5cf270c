// From a package that was sent to its decision: two people freeze the rules before any mark is opened, and the decision
// is the command's.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "hanjari/package/packed_results.h"
#include "hanjari/results/decided.h"
#include "hanjari/results/result_jobs.h"
#include "hanjari/results/rule_trial.h"
#include "results/small_results.h"
#include "stage/code_thrown.h"
#include "stage/made_workbook.h"
#include "stage/memory_jobs.h"
#include "stage/memory/memory_results.h"

namespace hanjari::services {
namespace {

using hanjari::tests::code_thrown;
using hanjari::tests::corrected_results;
using hanjari::tests::ResultFiles;
using hanjari::tests::small_results;
using hanjari::tests::zip_of_results;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const ExamCode decided_exam("decided-1");

class DecisionClock : public Clock {
 public:
  Instant now() const override { return Instant(std::chrono::seconds(1'622'851'200)); }
  std::chrono::nanoseconds elapsed() const override { return std::chrono::nanoseconds(0); }
};

// Knows the exam by its head only: a decision reads no people of it.
class ExamOfResults : public ExamRepository {
 public:
  ImportOutcome save_exam(const Exam&, const Plan*, const Change&, Progress&) override { return {}; }
  std::optional<Exam> find_exam(const ExamCode&, const std::string&) override {
    ADD_FAILURE() << "people are read";
    return std::nullopt;
  }
  std::optional<ExamHead> find_head(const ExamCode&) override {
    ExamHead head;
    head.name_ko = "시험";
    head.name_en = "An exam";
    head.time_zone = "Asia/Seoul";
    return head;
  }
  std::vector<StoredPopulation> list_populations(const ExamCode& code) override {
    if (code != decided_exam) return {};
    return {{std::string(64, '0'), 4, {}}};
  }
  std::vector<StoredPlan> list_plans(const ExamCode&) override { return {}; }
  std::optional<Plan> find_plan(const Exam&, const std::string&) override { return std::nullopt; }
  std::optional<LivePointer> find_live_plan(const ExamCode&) override { return std::nullopt; }
  void set_live_plan(const ExamCode&, const StoredPlan&, std::int64_t, const Change&) override {}
};

class RecordedAccess : public AccessRecord {
 public:
  using AccessRecord::record_access;
  void record_access(const Change&, const AuditNote& note) override { notes.push_back(note); }
  std::vector<AuditNote> notes;
};

class DecidedResults : public testing::Test {
 protected:
  static Change by(const std::string& author) { return {author, "", DecisionClock().now(), "exam_officer"}; }

  std::string run(const Job& job, const JobWork& work) {
    std::string result = work({job, no_progress(), {}});
    for (Job& one : jobs.jobs) {
      if (one.id == job.id) one.state = JobState::done;
    }
    return result;
  }
  std::int64_t import(const ResultFiles& files) {
    const Job job =
        order_result_import(exams, jobs, decided_exam, zip_of_results(files), package::Encoding::utf8, by("kim"));
    const auto made = parse_result_import_made(run(job, result_import_work(results, jobs, clock)));
    return made ? made->version : 0;
  }
  void freeze(std::int64_t version) {
    const std::string digest = find_package(results, decided_exam, version).rules_sha256;
    propose_rules(results, decided_exam, version, digest, by("kim"));
    freeze_rules(results, decided_exam, digest, by("lee"));
  }
  std::int64_t decide(std::int64_t version) {
    const Job job = order_decision(results, jobs, decided_exam, version, by("kim"));
    const auto made = parse_decision_made(run(job, decision_work(exams, results, clock)));
    return made ? made->version : 0;
  }
  void have_decision() {
    freeze(import(small_results()));
    decide(1);
  }
  StoredDecision decision(std::int64_t version) { return find_decision(results, decided_exam, version); }

  DecisionClock clock;
  ExamOfResults exams;
  hanjari::tests::MemoryJobs jobs;
  hanjari::tests::MemoryResults results;
  RecordedAccess accesses;
};

TEST_F(DecidedResults, AreVersionsThatStay) {
  EXPECT_EQ(import(small_results()), 1);
  EXPECT_EQ(import(corrected_results()), 2);
  EXPECT_EQ(import(small_results()), 1) << "the very same is there already";
  EXPECT_EQ(results.packages.size(), 2U);
  EXPECT_EQ(find_package(results, decided_exam, 1).people, 4);
  EXPECT_EQ(code_thrown([&] { find_package(results, ExamCode("another"), 1); }), "unknown_package");
  EXPECT_EQ(code_thrown([&] {
              order_result_import(exams, jobs, ExamCode("another"), zip_of_results(small_results()),
                                  package::Encoding::utf8, by("kim"));
            }),
            "exam_not_found");
}

TEST_F(DecidedResults, WithFaultsAreNotKept) {
  ResultFiles files = small_results();
  files["scores.csv"] += "P3,U,korean,common,0\n";  // an absent person with a mark
  const Job job =
      order_result_import(exams, jobs, decided_exam, zip_of_results(files), package::Encoding::utf8, by("kim"));
  EXPECT_THROW(result_import_work(results, jobs, clock)({job, no_progress(), {}}), InvalidInput);
  EXPECT_TRUE(results.packages.empty());
}

// Four people of one unit, P1 to P4, on the live plan.
class SeatedExam : public ExamOfResults {
 public:
  SeatedExam() {
    hanjari::Unit unit;
    unit.code = UnitCode("U");
    exam_.units.push_back(unit);
    for (std::size_t at = 0; at < 4; ++at) {
      hanjari::Applicant applicant;
      applicant.unit = UnitIndex(std::size_t{0});
      exam_.applicants.push_back(applicant);
      Placement placement;
      placement.applicant = ApplicantIndex(at);
      placement.number = ApplicantNumber("P" + std::to_string(at + 1));
      plan_.placements.push_back(placement);
    }
  }
  std::optional<LivePointer> find_live_plan(const ExamCode&) override { return LivePointer{"plan", "population", 1}; }
  std::optional<Exam> find_exam(const ExamCode&, const std::string&) override { return exam_; }
  std::optional<Plan> find_plan(const Exam&, const std::string&) override { return plan_; }

  Exam exam_;
  Plan plan_;
};

// Red while the results of any other exam, and numbers without the zeros in front, were kept without a word.
TEST_F(DecidedResults, AreOfThePeopleWhoWereSeated) {
  SeatedExam seated;
  // What was said: faults, and warnings of the people of the plan.
  const auto sent = [&](const ResultFiles& files) {
    std::vector<Text> warnings;
    const Job job =
        order_result_import(seated, jobs, decided_exam, zip_of_results(files), package::Encoding::utf8, by("kim"));
    JobCall call{job, no_progress(), {}};
    call.warnings = &warnings;
    std::string words;
    try {
      result_import_work(results, jobs, clock, &seated)(call);
    } catch (const InvalidInput& refused) {
      for (const Fault& fault : refused.faults().kept()) words += fault.format(Language::english) + "\n";
    }
    for (const Text& warning : warnings) {
      if (warning.en.find("live plan") != std::string::npos) words += warning.en;
    }
    for (Job& one : jobs.jobs) one.state = JobState::done;
    return words;
  };
  EXPECT_EQ(sent(small_results()), "");
  EXPECT_EQ(results.packages.size(), 1U);

  ResultFiles other = small_results();
  for (const char* file : {"people.csv", "scores.csv"}) {
    std::string& text = other[file];
    for (auto at = text.find("P4"); at != std::string::npos; at = text.find("P4")) text.replace(at, 2, "P8");
  }
  EXPECT_THAT(sent(other), HasSubstr("numbers that nobody of the exam's live plan has (1): P8"));
  EXPECT_EQ(results.packages.size(), 1U) << "nothing of it is kept";

  seated.exam_.units.front().code = UnitCode("V");
  EXPECT_THAT(sent(corrected_results()), HasSubstr("of another unit in the exam's live plan (4): P1, P2, P3, P4"));
  seated.exam_.units.front().code = UnitCode("U");

  // Red while a number that lost its zeros, or its capital, was one that nobody has, and its unit another one.
  ResultFiles small = small_results();
  for (const char* file : {"people.csv", "scores.csv"}) {
    std::string& text = small[file];
    for (auto at = text.find("P4"); at != std::string::npos; at = text.find("P4")) text.replace(at, 2, "p4");
  }
  EXPECT_THAT(sent(small), HasSubstr("'p4' is no number of the live plan, but 'P4' is: zeros in front"));
  seated.exam_.units.front().code = UnitCode("u");
  EXPECT_THAT(sent(small_results()), HasSubstr("'U' is no unit of the live plan, but 'u' is"));
  // Red while people of a third unit were told of the one that is near, and not that they sit elsewhere.
  seated.exam_.units.push_back(seated.exam_.units.front());
  seated.exam_.units.front().code = UnitCode("V");
  seated.exam_.applicants[3].unit = UnitIndex(std::size_t{1});
  EXPECT_THAT(sent(small_results()), ::testing::AllOf(HasSubstr("but 'u' is"),
                                                      HasSubstr("of another unit in the exam's live plan (3): P1, P2, P3")));
  seated.exam_.applicants[3].unit = UnitIndex(std::size_t{0});
  seated.exam_.units.front().code = UnitCode("U");
  EXPECT_EQ(results.packages.size(), 1U) << "nothing of it is kept";

  Placement more;
  more.applicant = ApplicantIndex(std::size_t{0});
  more.number = ApplicantNumber("P5");
  seated.plan_.placements.push_back(more);
  EXPECT_THAT(sent(corrected_results()), HasSubstr("not in the results (1): P5"));
  EXPECT_EQ(results.packages.size(), 2U) << "people who are missing are a warning";
}

// Red when the faults of a workbook are told and the marked file is not kept.
TEST_F(DecidedResults, OfAWorkbookWithFaultsComeBackMarked) {
  ResultFiles files = small_results();
  files["scores.csv"] += "P3,U,korean,common,0\n";  // an absent person with a mark
  ASSERT_EQ(files["scores.csv"].find('"'), std::string::npos) << "sheet_of_csv knows no quotes";
  const std::string sheet = hanjari::tests::workbook_of({hanjari::tests::sheet_of_csv("scores", files["scores.csv"])});
  files.erase("scores.csv");
  files["scores.xlsx"] = sheet;
  const Job job =
      order_result_import(exams, jobs, decided_exam, zip_of_results(files), package::Encoding::utf8, by("kim"));
  EXPECT_THROW(result_import_work(results, jobs, clock)({job, no_progress(), {}}), InvalidInput);
  ASSERT_TRUE(jobs.has_output(job, JobOutput::marked));
  std::size_t notes = 0;
  for (const auto& [name, text] : hanjari::tests::unzipped(jobs.take_output(job, JobOutput::marked, by("kim"))))
    for (std::size_t at = text.find("<comment "); at != std::string::npos; at = text.find("<comment ", at + 1)) ++notes;
  EXPECT_GE(notes, 1U);
}

// Red when the decision opens the package first and asks for the rules afterwards, and when one officer is enough.
TEST_F(DecidedResults, AreOpenedOnlyWhenTwoPeopleHaveFrozenTheRules) {
  import(small_results());
  const std::string digest = find_package(results, decided_exam, 1).rules_sha256;
  const Job smuggled{.id = "smuggled", .order = {decision_job_kind, decided_exam.text(), R"({"package":1})"}};
  const auto expect_closed = [&] {
    EXPECT_EQ(code_thrown([&] { decide(1); }), "rules_not_frozen");
    EXPECT_EQ(code_thrown([&] {
                decision_work(exams, results, clock)({smuggled, no_progress(), {}});
              }),
              "rules_not_frozen");
    EXPECT_EQ(results.packages_opened, 0);
  };
  expect_closed();
  EXPECT_EQ(code_thrown([&] { freeze_rules(results, decided_exam, digest, by("lee")); }), "wrong_rules_step");
  EXPECT_EQ(code_thrown([&] { propose_rules(results, decided_exam, 1, std::string(64, '0'), by("kim")); }),
            "rules_changed");
  propose_rules(results, decided_exam, 1, digest, by("kim"));
  expect_closed();
  EXPECT_EQ(code_thrown([&] { freeze_rules(results, decided_exam, digest, by("kim")); }), "same_officer");
  EXPECT_EQ(code_thrown([&] { freeze_rules(results, decided_exam, std::string(64, '0'), by("lee")); }),
            "rules_changed");
  expect_closed();
  freeze_rules(results, decided_exam, digest, by("lee"));
  EXPECT_EQ(results.rules.frozen_by, "lee");
  EXPECT_EQ(decide(1), 1);
  EXPECT_EQ(code_thrown([&] { take_back_rules(results, decided_exam, by("lee")); }), "already_decided");
}

// Settings and posts are rules, marks are not.
TEST_F(DecidedResults, WithOtherRulesAreNotDecidedByTheFrozenOnes) {
  import(small_results());
  freeze(1);
  ResultFiles files = small_results();
  files["rules.json"] = R"({"ties": {"cut": "none"}})";
  EXPECT_EQ(code_thrown([&, version = import(files)] { decide(version); }), "rules_not_frozen");
  files = small_results();
  files["units.csv"].replace(files["units.csv"].find(",4,"), 3, ",5,");
  EXPECT_EQ(code_thrown([&, version = import(files)] { decide(version); }), "rules_not_frozen");
  files = small_results();
  files["rules.json"] = R"({"note": "the same rules in other words", "fail_line_percent": 40})";
  EXPECT_EQ(decide(import(files)), 1);
  EXPECT_EQ(decide(import(corrected_results())), 2);
}

TEST_F(DecidedResults, RulesMoveByCompareAndSet) {
  import(small_results());
  const std::string digest = find_package(results, decided_exam, 1).rules_sha256;
  propose_rules(results, decided_exam, 1, digest, by("kim"));
  results.before_save = [&] {
    ++results.rules.version;  // somebody else takes a step at this moment
  };
  EXPECT_EQ(code_thrown([&] { freeze_rules(results, decided_exam, digest, by("lee")); }), "rules_step_changed");
  EXPECT_NE(results.rules.step, RulesStep::frozen);
}

// Red while marks that were adjusted before are adjusted once more and people pass or fail by them.
TEST_F(DecidedResults, ThatLookAdjustedStopTheDecisionByName) {
  ResultFiles files = small_results();
  files["units.csv"] =
      "unit_code,series_ko,series_en,quota_group,grade,posts,duration_min,subject_set,to_pass,electives\n"
      "U,행정,Administration,general,9,4,100,A,2,1\n";
  files["people.csv"] = "applicant_number,unit_code,sex,attendance,bonus\n";
  files["scores.csv"] = "applicant_number,unit_code,subject,kind,raw\n";
  // Half of them at 40.00 and half at 60.00: the mean is 50 and the deviation 10.
  for (int i = 0; i < 120; ++i) {
    const std::string number = "P" + std::to_string(1000 + i);
    files["people.csv"] += number + ",U,F,present,\n";
    files["scores.csv"] += number + ",U,korean,common,60\n" + number + ",U,law,elective," + (i % 2 == 0 ? "40" : "60") + "\n";
  }
  freeze(import(files));
  try {
    decide(1);
    ADD_FAILURE() << "decided on marks that look adjusted";
  } catch (const Conflict& refused) {
    EXPECT_EQ(refused.code(), "marks_look_adjusted");
    EXPECT_THAT(refused.message().en, ::testing::HasSubstr("law"));
  }
  EXPECT_TRUE(results.decisions.empty());
  for (Job& one : jobs.jobs) one.state = JobState::failed;
  const Job confirmed = order_decision(results, jobs, decided_exam, 1, by("kim"), RawMarks::confirmed);
  run(confirmed, decision_work(exams, results, clock));
  EXPECT_EQ(results.decisions.size(), 1U);
  EXPECT_THAT(results.reason_of_decision, HasSubstr("confirmed as marks before adjustment: law")) << "the trail says so";
}

TEST_F(DecidedResults, GiveTheBytesOfTheEngine) {
  import(small_results());
  freeze(1);
  decide(1);
  const Decided expected =
      decide_package(package::load_results(package::unpack_results(zip_of_results(small_results())),
                                           selection::Stage::written, package::Encoding::utf8, no_progress()));
  std::string decisions;
  package::write_decisions(expected.loaded.results, expected.loaded.rules, expected.decision,
                           [&](std::string_view bytes) { decisions += bytes; });
  EXPECT_EQ(results.load_file(decision(1), "decisions.csv"), decisions);
  EXPECT_EQ(decision(1).decision_sha256, sha256(decisions + results.load_file(decision(1), "cuts.csv")).hex());
  EXPECT_EQ(decision(1).package_sha256, find_package(results, decided_exam, 1).package_sha256);
  EXPECT_EQ(decision(1).rules_sha256, results.rules.rules_sha256);
  EXPECT_THAT(results.load_file(decision(1), "report.en.html"), HasSubstr("An exam"));
  // Red while only the command line wrote the list that is printed.
  EXPECT_THAT(results.load_file(decision(1), "passed.en.html"), HasSubstr("Who passed the written exam"));
  EXPECT_THAT(results.load_file(decision(1), "passed.ko.html"), HasSubstr("필기시험 합격자 명단"));
  EXPECT_EQ(code_thrown([&] { results.load_file(decision(1), "differences.csv"); }), "results_destroyed");
}

TEST_F(DecidedResults, AreComparedWithTheDecisionBefore) {
  import(small_results());
  freeze(1);
  decide(1);
  decide(import(corrected_results()));
  EXPECT_EQ(decision(2).before, 1);
  const auto report = nlohmann::json::parse(results.load_file(decision(2), "report.json"));
  EXPECT_EQ(report["differences"]["verdicts_changed"], 2);
  const std::string differences = results.load_file(decision(2), "differences.csv");
  EXPECT_THAT(differences, HasSubstr("P2"));
  EXPECT_THAT(differences, HasSubstr("P4"));
  EXPECT_NE(decision(2).decision_sha256, decision(1).decision_sha256);
}

// Red when a job that begins anew makes a second decision, and when its own is called somebody else's.
TEST_F(DecidedResults, AreDecidedOnceHoweverOften) {
  import(small_results());
  freeze(1);
  const Job job = order_decision(results, jobs, decided_exam, 1, by("kim"));
  const JobWork work = decision_work(exams, results, clock);
  const auto first = parse_decision_made(work({job, no_progress(), {}}));
  const auto again = parse_decision_made(work({job, no_progress(), {}}));
  ASSERT_TRUE(first && again);
  EXPECT_EQ(again->decision_sha256, first->decision_sha256);
  EXPECT_FALSE(again->again) << "the same job, begun anew";
  run(job, work);
  const Job later = order_decision(results, jobs, decided_exam, 1, by("lee"));
  EXPECT_TRUE(parse_decision_made(run(later, work))->again);
  EXPECT_EQ(results.decisions.size(), 1U);
}

TEST_F(DecidedResults, TellWhoeverOrdersAnotherDecisionMeanwhile) {
  import(small_results());
  import(corrected_results());
  freeze(1);
  order_decision(results, jobs, decided_exam, 1, by("kim"));
  EXPECT_EQ(code_thrown([&] { order_decision(results, jobs, decided_exam, 1, by("kim")); }), "nothing");
  EXPECT_EQ(code_thrown([&] { order_decision(results, jobs, decided_exam, 2, by("kim")); }), "decision_running");
}

TEST_F(DecidedResults, ShowOnePersonsPathOnRecord) {
  import(small_results());
  freeze(1);
  decide(1);
  const PersonPath path = open_path(results, accesses, decision(1), "P2", by("kim"));
  EXPECT_EQ(path.unit, UnitCode("U"));
  EXPECT_FALSE(path.steps.empty());
  ASSERT_EQ(accesses.notes.size(), 1U);
  EXPECT_EQ(accesses.notes[0].action, "decision.path");
  EXPECT_THAT(accesses.notes[0].whose, ElementsAre("P2"));
  EXPECT_EQ(accesses.notes[0].subject.find("P2"), std::string::npos) << "subjects hold codes only";
  EXPECT_EQ(code_thrown([&] { open_path(results, accesses, decision(1), "P9", by("kim")); }), "applicant_not_found");
  EXPECT_EQ(accesses.notes.size(), 1U);
  // Whatever was kept instead of the package.
  results.zips.begin()->second = zip_of_results(corrected_results());
  EXPECT_EQ(code_thrown([&] { open_path(results, accesses, decision(1), "P2", by("kim")); }), "decision_differs");
  EXPECT_EQ(accesses.notes.size(), 1U);
}

TEST_F(DecidedResults, GiveFilesOnRecord) {
  import(small_results());
  freeze(1);
  decide(1);
  EXPECT_THAT(take_decision_file(results, accesses, decision(1), "cuts.csv", by("kim")), HasSubstr("unit_code"));
  ASSERT_EQ(accesses.notes.size(), 1U);
  EXPECT_EQ(accesses.notes[0].action, "decision.file");
  EXPECT_EQ(accesses.notes[0].detail, "cuts.csv");
  EXPECT_EQ(accesses.notes[0].exam, "decided-1");
}

// What stands openly in the table of jobs tells of no verdict.
TEST_F(DecidedResults, LeaveNothingOfAVerdictInTheirJobs) {
  import(small_results());
  freeze(1);
  const Job job = order_decision(results, jobs, decided_exam, 1, by("kim"));
  const auto made = nlohmann::json::parse(run(job, decision_work(exams, results, clock)));
  std::vector<std::string> keys;
  for (const auto& [key, value] : made.items()) keys.push_back(key);
  EXPECT_THAT(keys, ElementsAre("again", "decision_sha256", "version"));
}

// Red when the figures are not those that the command gives for the same settings, and when nobody is told who tried what.
TEST_F(DecidedResults, OtherRulesAreTriedBesideThoseThatDecided) {
  have_decision();
  const RuleTrial trial = try_rules(results, accesses, decision(1), {{"to_pass.U", "1"}, {"fail_line_percent", "45"}}, by("kim"));
  ASSERT_EQ(trial.units.size(), 1U);
  EXPECT_EQ(trial.units[0].code.text(), "U");
  EXPECT_EQ(trial.units[0].name.en, "Administration");
  EXPECT_EQ(trial.units[0].decided.to_pass, 2);
  EXPECT_EQ(trial.units[0].tried.to_pass, 1);
  EXPECT_EQ(trial.units[0].decided.passed, 2);
  EXPECT_EQ(trial.units[0].tried.passed, 1);
  EXPECT_EQ(trial.passed_decided, 2);
  EXPECT_EQ(trial.passed_tried, 1);
  EXPECT_EQ(trial.verdicts, 1);
  EXPECT_NE(trial.rules_sha256, decision(1).rules_sha256);
  ASSERT_EQ(accesses.notes.size(), 1U);
  EXPECT_EQ(accesses.notes[0].action, "decision.trial");
  EXPECT_EQ(accesses.notes[0].detail, "to_pass.U=1; fail_line_percent=45");
  // Nothing of a trial stays.
  EXPECT_EQ(results.decisions.size(), 1U);
  EXPECT_EQ(results.packages.size(), 1U);
  EXPECT_EQ(decision(1).decision_sha256, results.decisions.front().decision_sha256);
}

// The same settings again are the rules of the decision: nothing differs, and the digest is the one that was frozen.
TEST_F(DecidedResults, TheRulesThatDecidedDifferInNothing) {
  have_decision();
  const RuleTrial trial = try_rules(results, accesses, decision(1), {{"to_pass.U", "2"}}, by("kim"));
  EXPECT_EQ(trial.verdicts, 0);
  EXPECT_EQ(trial.rules_sha256, decision(1).rules_sha256);
}

TEST_F(DecidedResults, RefusesSettingsThatAreNone) {
  have_decision();
  for (const RuleSettings& settings :
       {RuleSettings{{"to_pass.X", "1"}}, RuleSettings{{"to_pass.U", "-1"}}, RuleSettings{{"no_such_setting", "1"}},
        RuleSettings{{"fail_line_percent", "\"much\""}}}) {
    EXPECT_EQ(code_thrown([&] { try_rules(results, accesses, decision(1), settings, by("kim")); }), "bad_settings")
        << settings[0].first;
  }
  EXPECT_TRUE(accesses.notes.empty()) << "nothing was given";
}

TEST(RuleSettingsOfAForm, AreReadLineByLine) {
  EXPECT_EQ(read_rule_settings(" to_pass.U = 3 \r\n\n ties.cut=none"), (RuleSettings{{"to_pass.U", "3"}, {"ties.cut", "none"}}));
  EXPECT_EQ(read_rule_settings("a=b=c"), (RuleSettings{{"a", "b=c"}}));
  EXPECT_EQ(code_thrown([] { read_rule_settings(" \n "); }), "settings_missing");
  for (const std::string text : {"to_pass.U", "=3", "to_pass.U="}) {
    EXPECT_EQ(code_thrown([&] { read_rule_settings("a=1\n" + text); }), "bad_settings") << text;
  }
  EXPECT_EQ(code_thrown([] { read_rule_settings("a=" + std::string(100, '[')); }), "bad_settings") << "nested without end";
  EXPECT_EQ(code_thrown([] { read_rule_settings("note=" + std::string(2'000, 'a')); }), "bad_settings") << "longer than its record";
}

}  // namespace
}  // namespace hanjari::services
