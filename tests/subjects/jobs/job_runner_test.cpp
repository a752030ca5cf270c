// The runner of jobs when its repository fails in unforeseen ways, and when work does not hear that it is over.
#include "hanjari/jobs/job_runner.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "stage/memory_jobs.h"

namespace hanjari::tests {
namespace {

using namespace std::chrono_literals;

class StandingClock : public Clock {
 public:
  Instant now() const override { return Instant(1'622'851'200s); }
  std::chrono::nanoseconds elapsed() const override { return {}; }
};

// Has one job for whoever asks first; keeping its lease fails as told.
class OneJob : public MemoryJobs {
 public:
  std::optional<services::Job> claim_job(const std::vector<std::string>& kinds, const std::string&, Instant,
                                         std::chrono::seconds) override {
    if (claimed.exchange(true)) return std::nullopt;
    services::Job job;
    job.id = "one";
    job.order.kind = kinds.front();
    job.starts = 1;
    return job;
  }
  Kept keep_job(const services::Job&, const services::JobProgress&, Instant, std::chrono::seconds) override {
    ++kept;
    if (kept == 1) throw std::logic_error("database error 1146 (42S02)");
    if (kept == 2) throw 7;
    return Kept::yes;
  }
  bool end_job(const services::Job& job, const services::Change&) override {
    ended_as = job.state;
    ++ended;
    return true;
  }
  std::atomic<bool> claimed{false};
  std::atomic<int> kept{0};
  std::atomic<int> ended{0};
  std::atomic<services::JobState> ended_as{services::JobState::waiting};
};

services::JobRunnerSettings quick_settings() {
  services::JobRunnerSettings settings;
  settings.look = settings.keep = 1ms;
  return settings;
}

template <class Condition>
bool comes_about(Condition condition) {
  const auto until = std::chrono::steady_clock::now() + 10min;
  while (!condition() && std::chrono::steady_clock::now() < until) std::this_thread::sleep_for(1ms);
  return condition();
}

// Red when the thread that keeps the lease caught the program's own errors only: the program ended.
TEST(JobRunner, GoesOnWhateverTheRepositoryThrowsWhileItKeepsTheLease) {
  const StandingClock clock;
  OneJob jobs;
  std::atomic<int> told{0};
  const services::JobRunner runner(jobs,
                                   {{"work",
                                     [&](const services::JobCall&) {
                                       comes_about([&] { return jobs.kept >= 3; });
                                       return std::string("{}");
                                     }}},
                                   clock, [&](const Error&) { ++told; }, quick_settings());
  EXPECT_TRUE(comes_about([&] { return jobs.ended == 1; }));
  EXPECT_EQ(jobs.ended_as.load(), services::JobState::done);
  EXPECT_EQ(told, 2);
}

// What an exception says may be the words of a person: the job keeps a code of its own.
TEST(JobRunner, KeepsNoWordOfAnUnknownException) {
  const StandingClock clock;
  struct Recording : OneJob {
    bool end_job(const services::Job& job, const services::Change& change) override {
      fault = job.fault_code + " " + job.fault.en + " " + job.fault.ko;
      return OneJob::end_job(job, change);
    }
    std::string fault;
  } jobs;
  jobs.kept = 2;
  std::string told;
  {
    const services::JobRunner runner(
        jobs, {{"work", [](const services::JobCall&) -> std::string { throw std::out_of_range("김한자 010-1234-5678"); }}},
        clock, [&](const Error& error) { told += error.message().en; }, quick_settings());
    EXPECT_TRUE(comes_about([&] { return jobs.ended == 1; }));
  }
  EXPECT_EQ(jobs.ended_as.load(), services::JobState::failed);
  EXPECT_EQ(jobs.fault.find("김한자"), std::string::npos);
  EXPECT_EQ(jobs.fault.rfind("internal_error", 0), 0U) << jobs.fault;
  EXPECT_EQ(told, "");
}

// Red while cancelled work lost what it had found.
TEST(JobRunner, KeepsWhatWasFoundWhenTheWorkIsCancelled) {
  const StandingClock clock;
  struct Cancelled : OneJob {
    Kept keep_job(const services::Job&, const services::JobProgress&, Instant, std::chrono::seconds) override {
      return kept++ < 3 ? Kept::yes : Kept::cancel;
    }
    bool end_job(const services::Job& job, const services::Change& change) override {
      result = job.result;
      return OneJob::end_job(job, change);
    }
    std::string result;
  } jobs;
  {
    const services::JobRunner runner(jobs,
                                     {{"work",
                                       [](const services::JobCall& call) {
                                         *call.found = "half of it";
                                         comes_about([&] { return call.stop.stop_requested(); });
                                         call.progress.report(1, "");
                                         return std::string("all of it");
                                       }}},
                                     clock, [](const Error&) {}, quick_settings());
    EXPECT_TRUE(comes_about([&] { return jobs.ended == 1; }));
  }
  EXPECT_EQ(jobs.ended_as.load(), services::JobState::cancelled);
  EXPECT_EQ(jobs.result, "half of it");
}

// Red while a program claimed jobs that it could only fail, instead of leaving them to one that can do them.
TEST(JobRunner, LeavesWorkThatItCannotDoNow) {
  const StandingClock clock;
  struct Asked : OneJob {
    std::optional<services::Job> claim_job(const std::vector<std::string>& kinds, const std::string& claim, Instant now,
                                           std::chrono::seconds lease) override {
      // What cannot be done is not asked for, beside the others and alone.
      for (const std::string& kind : kinds) (kind == "marks" ? marks : others)++;
      if (kinds.front() != "marks") return std::nullopt;
      return OneJob::claim_job(kinds, claim, now, lease);
    }
    std::atomic<int> marks{0};
    std::atomic<int> others{0};
  } jobs;
  jobs.kept = 2;
  std::atomic<bool> able{false};
  services::JobRunnerSettings settings = quick_settings();
  settings.can_do = [&](const std::string& kind) { return kind != "marks" || able; };
  const auto nothing = [](const services::JobCall&) { return std::string("{}"); };
  const services::JobRunner runner(jobs, {{"marks", nothing}, {"seats", nothing}}, clock, [](const Error&) {}, settings);
  EXPECT_TRUE(comes_about([&] { return jobs.others > 3; }));
  EXPECT_EQ(jobs.marks, 0);
  able = true;
  EXPECT_TRUE(comes_about([&] { return jobs.ended == 1; }));
  EXPECT_EQ(jobs.ended_as.load(), services::JobState::done);
}

// Red without finish(): the end of the program waited for the work, however long.
TEST(JobRunner, SaysThatWorkGoesOnInsteadOfWaitingForIt) {
  const StandingClock clock;
  OneJob jobs;
  jobs.kept = 2;
  std::atomic<bool> begun{false};
  std::atomic<bool> deaf{true};
  services::JobRunner runner(jobs,
                             {{"work",
                               [&](const services::JobCall&) {
                                 begun = true;
                                 comes_about([&] { return !deaf; });
                                 return std::string("{}");
                               }}},
                             clock, [](const Error&) {}, quick_settings());
  EXPECT_TRUE(comes_about([&] { return begun.load(); }));
  EXPECT_FALSE(runner.finish(10ms));
  deaf = false;
  EXPECT_TRUE(runner.finish(10min));
}

}  // namespace
}  // namespace hanjari::tests
