// The decision of the service is that of the command, byte for byte.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "hanjari/package/result_package.h"
#include "hanjari/results/result_jobs.h"
#include "hanjari/sample/results.h"
#include "results/commands/commands.h"
#include "results/small_results.h"
#include "stage/test_database.h"

namespace hanjari::cli {
namespace {

class DecisionOfTheService : public testing::Test {
 protected:
  DecisionOfTheService() {
    sample::ResultSampleRequest request;
    request.people = 900;
    request.units = 6;
    package::save_results(sample::make_sample_results(request), "{\"version\": 1}\n", folder.path() / "results");
    exam = hanjari::tests::small_exam();
    database->exams().save_exam(exam, nullptr, hanjari::tests::change_of(database.clock), no_progress());
  }

  services::Change by(const std::string& author) {
    services::Change change = hanjari::tests::change_of(database.clock);
    change.author = author;
    return change;
  }
  // As the program that serves does it: claimed, done, ended.
  void work(const char* kind, const services::JobWork& work) {
    auto claimed = database->jobs().claim_job({kind}, "claim", database.clock.now(), std::chrono::seconds(30));
    ASSERT_TRUE(claimed);
    claimed->result = work({*claimed, no_progress(), {}});
    claimed->state = services::JobState::done;
    ASSERT_TRUE(database->jobs().end_job(*claimed, by("kim")));
  }
  services::StoredDecision decide_in_service() {
    const ExamCode& code = exam.header.code;
    services::ResultRepository& results = database->results();
    services::order_result_import(database->exams(), database->jobs(), code,
                                  hanjari::tests::zip_of_folder(folder.path() / "results", "results/"),
                                  package::Encoding::utf8, by("kim"));
    work(services::result_import_job_kind, services::result_import_work(results, database->jobs(), database.clock));
    const std::string rules = services::find_package(results, code, 1).rules_sha256;
    services::propose_rules(results, code, 1, rules, by("kim"));
    services::freeze_rules(results, code, rules, by("lee"));
    services::order_decision(results, database->jobs(), code, 1, by("kim"));
    work(services::decision_job_kind, services::decision_work(database->exams(), results, database.clock));
    return services::find_decision(results, code, 1);
  }
  void decide_by_command() {
    Arguments arguments;
    arguments.positionals = {(folder.path() / "results").string()};
    arguments.options = {{"out", (folder.path() / "decision").string()}};
    EXPECT_EQ(decide_command().run(arguments, Terminal{Language::english, no_progress()}), Exit::done);
  }

  hanjari::tests::TestFolder folder{"decided"};
  hanjari::tests::TestDatabase database;
  Exam exam;
};

TEST_F(DecisionOfTheService, HasTheBytesOfTheCommand) {
  const services::StoredDecision decision = decide_in_service();
  decide_by_command();
  std::string both;
  for (const char* name : {"decisions.csv", "cuts.csv"}) {
    const std::string written = read_file(folder.path() / "decision" / name);
    EXPECT_FALSE(written.empty());
    EXPECT_TRUE(database->results().load_file(decision, name) == written) << name;
    both += written;
  }
  EXPECT_EQ(decision.decision_sha256, sha256(both).hex()) << "what a publication names";
}

}  // namespace
}  // namespace hanjari::cli
