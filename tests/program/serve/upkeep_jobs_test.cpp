// Destruction and new keys as jobs: the program ends in the middle, again and again, and the next one goes on.
#include <gtest/gtest.h>

#include <thread>

#include "hanjari/jobs/job_kinds.h"
#include "hanjari/rekeying/keys.h"
#include "program/serve/upkeep_jobs.h"
#include "stage/machine.h"
#include "stage/test_database.h"

namespace hanjari::cli {
namespace {

using namespace std::chrono_literals;
using hanjari::tests::TestDatabase;

// Stops the work when it has told of so many steps, as the end of a program does.
class UntilStep : public Progress {
 public:
  UntilStep(Progress& progress, int steps) : progress_(progress), left_(steps) {}
  void stage(const Text& name, std::uint64_t total) override {
    progress_.stage(name, total);
    count();
  }
  void report(std::uint64_t done, const std::string& note) override {
    progress_.report(done, note);
    count();
  }

 private:
  void count() {
    if (--left_ == 0) throw services::JobStopped{};
  }
  Progress& progress_;
  int left_;
};

class UpkeepJobs : public ::testing::Test {
 protected:
  UpkeepJobs() {
    for (const char* code : {"doomed-1", "other-1"})
      database->exams().save_exam(hanjari::tests::small_exam(code), nullptr, change(), no_progress());
  }
  services::Change change() { return hanjari::tests::change_of(database.clock); }
  // A program that ends at the first step of its work, then one that ends at the second, and so on, until one of them
  // brings the job to its end.
  services::Job run_with_restarts(const std::string& id) {
    auto works = upkeep_works(settings, database.clock, log);
    int starts = 0;
    for (auto& [kind, work] : works) {
      work = [&starts, whole = work](const services::JobCall& call) {
        UntilStep progress(call.progress, ++starts);
        return whole({call.job, progress, call.stop});
      };
    }
    services::JobRunnerSettings quick;
    quick.look = quick.keep = 2ms;
    quick.most_starts = 1'000;
    const services::JobRunner runner(database->jobs(), works, database.clock,
                                     [](const Error& error) { ADD_FAILURE() << error.what(); }, quick);
    return await_end(id);
  }
  services::Job await_end(const std::string& id) {
    const auto until = std::chrono::steady_clock::now() + 10min;
    auto job = database->jobs().find_job(id);
    while (!services::is_over(job->state) && std::chrono::steady_clock::now() < until) {
      std::this_thread::sleep_for(2ms);
      job = database->jobs().find_job(id);
    }
    return *job;
  }
  int people_that_open(const std::string& code) {
    storage::Database again(settings, storage::SchemaUpgrade::never, database.clock, no_progress());
    const auto exam = again.exams().find_exam(ExamCode(code), {});
    return exam ? static_cast<int>(exam->applicants.size()) : 0;
  }

  TestDatabase database;
  storage::DatabaseSettings settings = hanjari::tests::hasty_settings(database);
  ServerLog log{2};
};

TEST_F(UpkeepJobs, NewKeysComeOnceHoweverOftenTheProgramEnds) {
  const auto ordered = services::order_upkeep(database->jobs(), services::key_rotation_job_kind, change());
  const services::Job ended = run_with_restarts(ordered.id);
  EXPECT_EQ(ended.state, services::JobState::done) << ended.fault.en;
  EXPECT_GT(ended.starts, 4) << "programs ended in the middle";
  EXPECT_NE(ended.result.find("\"unopened\":0"), std::string::npos) << ended.result;
  EXPECT_EQ(people_that_open("doomed-1"), 300);
  EXPECT_EQ(people_that_open("other-1"), 300);
  EXPECT_EQ(hanjari::tests::masters_in(database.folder.path() / "keys" / "personal.keys").size(), 1U);
}

TEST_F(UpkeepJobs, ADestructionIsDoneWholeHoweverOftenTheProgramEnds) {
  storage::order_destruction(settings, "doomed-1", database.clock.now(), change());
  EXPECT_TRUE(storage::is_destruction_due(settings, database.clock.now()));
  const auto ordered = services::order_when_due(database->jobs(), services::destruction_job_kind, 1h, change());
  ASSERT_TRUE(ordered);
  const services::Job ended = run_with_restarts(ordered->id);
  EXPECT_EQ(ended.state, services::JobState::done) << ended.fault.en;
  EXPECT_GT(ended.starts, 4) << "programs ended in the middle";
  EXPECT_FALSE(storage::is_destruction_due(settings, database.clock.now()));
  EXPECT_TRUE(storage::preview_destruction(settings, "doomed-1").done_at);
  EXPECT_EQ(database.number("SELECT COUNT(*) FROM data_keys WHERE scope LIKE '%/doomed-1'"), 0);
  EXPECT_EQ(people_that_open("other-1"), 300);
}

}  // namespace
}  // namespace hanjari::cli
