// Results and decisions on a real database: sealed, whole however often a program is killed, under rules that nobody
// changes any more, and gone with their exam.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hanjari/base/error.h"
#include "hanjari/rekeying/keys.h"
#include "hanjari/results/result_jobs.h"
#include "results/small_results.h"
#include "stage/code_thrown.h"
#include "stage/killed_programs.h"
#include "stage/test_database.h"

namespace hanjari::services {
namespace {

using hanjari::tests::change_of;
using hanjari::tests::code_thrown;
using hanjari::tests::corrected_results;
using hanjari::tests::kill_at_every_step;
using hanjari::tests::ManyPrograms;
using hanjari::tests::ResultFiles;
using hanjari::tests::small_results;
using hanjari::tests::TestDatabase;
using hanjari::tests::zip_of_results;

class KeptResults : public testing::Test {
 protected:
  KeptResults() {
    database->exams().save_exam(hanjari::tests::small_exam(), nullptr, change_of(database.clock), no_progress());
  }
  ResultRepository& results() { return database->results(); }
  Change by(const std::string& author) {
    Change change = change_of(database.clock);
    change.author = author;
    return change;
  }
  std::int64_t count(const std::string& what) { return database.number("SELECT COUNT(*) FROM " + what); }
  Job order(const ResultFiles& files) {
    return order_result_import(database->exams(), database->jobs(), code, zip_of_results(files),
                               package::Encoding::utf8, by("kim"));
  }
  ManyPrograms import(const ResultFiles& files) {
    const Clock& clock = database.clock;
    return kill_at_every_step(database, order(files).id, [&clock](storage::Database& program) {
      return result_import_work(program.results(), program.jobs(), clock);
    });
  }
  void freeze(std::int64_t version) {
    const std::string digest = find_package(results(), code, version).rules_sha256;
    propose_rules(results(), code, version, digest, by("kim"));
    freeze_rules(results(), code, digest, by("lee"));
  }
  ManyPrograms decide(std::int64_t version) {
    const Clock& clock = database.clock;
    const Job job = order_decision(results(), database->jobs(), code, version, by("kim"));
    return kill_at_every_step(database, job.id, [&clock](storage::Database& program) {
      return decision_work(program.exams(), program.results(), clock);
    });
  }

  TestDatabase database;
  const ExamCode code{"test-1"};
};

// Red when a program that died after its commit has the next one store the package or the decision once more.
TEST_F(KeptResults, AreKeptOnceHoweverOftenTheProgramIsKilled) {
  const ManyPrograms imported = import(small_results());
  EXPECT_GE(imported.kills, 3);
  ASSERT_EQ(imported.ended.state, JobState::done) << imported.ended.fault.en;
  EXPECT_FALSE(parse_result_import_made(imported.ended.result)->again);
  EXPECT_EQ(count("result_packages"), 1);
  EXPECT_EQ(count("audit_entries WHERE action = 'results.import'"), 1);
  freeze(1);
  const ManyPrograms decided = decide(1);
  EXPECT_GE(decided.kills, 3);
  ASSERT_EQ(decided.ended.state, JobState::done) << decided.ended.fault.en;
  EXPECT_FALSE(parse_decision_made(decided.ended.result)->again);
  EXPECT_EQ(count("result_decisions"), 1);
  EXPECT_EQ(count("audit_entries WHERE action = 'decision.make'"), 1);
  const auto kept = find_decision(results(), code, 1);
  EXPECT_EQ(kept.decision_sha256, parse_decision_made(decided.ended.result)->decision_sha256);
  EXPECT_THAT(results().load_file(kept, "decisions.csv"), testing::HasSubstr("P1,U,passed,80.00"));
  EXPECT_EQ(code_thrown([&] { results().load_file(kept, "package.zip"); }), "results_destroyed")
      << "it is no file of it";
  EXPECT_THAT(results().list_files(kept), testing::IsSupersetOf({"cuts.csv", "decisions.csv", "passed.en.html", "passed.ko.html"}));
}

// Red when a part is stored as it came.
TEST_F(KeptResults, StandSealed) {
  import(small_results());
  freeze(1);
  decide(1);
  EXPECT_GE(count("result_parts"), 6);
  for (const char* open : {"people.csv", "P1,U", "80.00", "passed"}) {
    EXPECT_EQ(count("result_parts WHERE INSTR(content_sealed, '" + std::string(open) + "') > 0"), 0) << open;
  }
  EXPECT_EQ(results().load_package(find_package(results(), code, 1)), zip_of_results(small_results()));
}

TEST_F(KeptResults, WithFaultsLeaveNothing) {
  ResultFiles files = small_results();
  files["scores.csv"] += "P3,U,korean,common,0\n";
  EXPECT_EQ(import(files).ended.state, JobState::failed);
  EXPECT_EQ(count("result_packages"), 0);
  EXPECT_EQ(count("result_parts"), 0);
}

TEST_F(KeptResults, OfAnySizeComeBackAsTheyWere) {
  std::string large(2'500'000, '\0');
  for (std::size_t at = 0; at < large.size(); ++at) large[at] = static_cast<char>(at * 2'654'435'761U >> 13U);
  ResultPackage package;
  package.id = "large";
  package.exam = code;
  package.package_sha256 = package.input_sha256 = package.rules_sha256 = std::string(64, 'a');
  const ResultPackage kept = results().add_package(package, large, by("kim"));
  EXPECT_EQ(kept.version, 1);
  EXPECT_EQ(count("result_parts"), 3);
  EXPECT_EQ(results().load_package(kept), large);
  // New keys reach it too.
  storage::rotate_keys(hanjari::tests::hasty_settings(database), by("kim"), system_clock(), no_progress());
  storage::Database again(hanjari::tests::test_settings(database.folder.path()), storage::SchemaUpgrade::never,
                          database.clock, no_progress());
  EXPECT_EQ(again.results().load_package(kept), large);
}

// The database itself holds what the use cases promise, whoever calls it.
TEST_F(KeptResults, AreDecidedByFrozenRulesOnly) {
  import(small_results());
  const ResultPackage package = find_package(results(), code, 1);
  StoredDecision decision;
  decision.id = "decision";
  decision.exam = code;
  decision.package = package.id;
  decision.rules_sha256 = package.rules_sha256;
  decision.decision_sha256 = std::string(64, 'd');
  const DecisionFiles files{{"decisions.csv", "P1,passed"}, {"cuts.csv", ""}};
  EXPECT_EQ(code_thrown([&] { results().add_decision(decision, files, by("kim")); }), "rules_not_frozen");
  propose_rules(results(), code, 1, package.rules_sha256, by("kim"));
  EXPECT_EQ(code_thrown([&] { results().add_decision(decision, files, by("kim")); }), "rules_not_frozen");
  // One officer twice is refused by the table too.
  RulesApproval alone = results().find_rules(code);
  alone.step = RulesStep::frozen;
  alone.frozen_by = "kim";
  ++alone.version;
  EXPECT_ANY_THROW(results().save_rules(code, alone, by("kim")));
  EXPECT_EQ(results().find_rules(code).step, RulesStep::proposed);
  freeze_rules(results(), code, package.rules_sha256, by("lee"));
  EXPECT_EQ(results().add_decision(decision, files, by("kim")).version, 1);
  EXPECT_EQ(results().load_file(decision, "cuts.csv"), "") << "an empty file is there";
  EXPECT_EQ(results().add_decision(decision, files, by("kim")).version, 1) << "the same again";
  decision.decision_sha256 = std::string(64, 'e');
  EXPECT_EQ(code_thrown([&] { results().add_decision(decision, files, by("kim")); }), "decision_differs");
  EXPECT_EQ(count("result_decisions"), 1);
  EXPECT_EQ(code_thrown([&] { take_back_rules(results(), code, by("lee")); }), "already_decided");
  EXPECT_EQ(count("audit_entries WHERE action LIKE 'rules.%'"), 2);
}

TEST_F(KeptResults, RulesChangeByCompareAndSet) {
  import(small_results());
  const std::string digest = find_package(results(), code, 1).rules_sha256;
  const RulesApproval proposed = propose_rules(results(), code, 1, digest, by("kim"));
  RulesApproval other = proposed;
  other.proposed_by = "park";
  EXPECT_EQ(code_thrown([&] { results().save_rules(code, other, by("park")); }), "rules_step_changed");
  take_back_rules(results(), code, by("kim"));
  EXPECT_EQ(results().find_rules(code).version, 2);
  freeze(1);
  EXPECT_EQ(results().find_rules(code).step, RulesStep::frozen);
}

TEST_F(KeptResults, OfACorrectionAreComparedWithTheDecisionBefore) {
  import(small_results());
  freeze(1);
  decide(1);
  import(corrected_results());
  ASSERT_EQ(decide(2).ended.state, JobState::done);
  EXPECT_EQ(find_decision(results(), code, 2).before, 1);
  EXPECT_THAT(results().load_file(find_decision(results(), code, 2), "differences.csv"), testing::HasSubstr("P4"));
  EXPECT_EQ(results().list_packages(code).size(), 2U) << "the old one stays";
  EXPECT_FALSE(database->audit().verify(no_progress()).first_break);
}

// Red when the destruction of an exam does not know the table.
TEST_F(KeptResults, GoWithTheirExamAndComeNotBack) {
  import(small_results());
  freeze(1);
  decide(1);
  const ResultPackage package = find_package(results(), code, 1);
  const StoredDecision decision = find_decision(results(), code, 1);
  storage::order_destruction(hanjari::tests::hasty_settings(database), "test-1", database.clock.now(), by("kim"));
  storage::destroy_due(hanjari::tests::hasty_settings(database), by("kim"), database.clock, no_progress());
  EXPECT_EQ(count("result_parts"), 0);
  EXPECT_EQ(code_thrown([&] { results().load_package(package); }), "results_destroyed");
  EXPECT_EQ(code_thrown([&] { results().load_file(decision, "decisions.csv"); }), "results_destroyed");
  EXPECT_NE(code_thrown([&] { order(corrected_results()); }), "nothing");
  ResultPackage late = package;
  late.id = "late";
  late.package_sha256 = std::string(64, 'b');
  EXPECT_NE(code_thrown([&] { results().add_package(late, "ZIP", by("kim")); }), "nothing");
  EXPECT_EQ(count("result_parts"), 0);
}

}  // namespace
}  // namespace hanjari::services
