// Jobs on a real database: one at a time, claimed once, never lost and never done twice.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "hanjari/base/error.h"
#include "hanjari/jobs/job_runner.h"
#include "stage/test_database.h"

namespace hanjari::services {
namespace {

using namespace std::chrono_literals;
using hanjari::tests::TestDatabase;
using testing::ElementsAre;

constexpr std::chrono::seconds lease{30};
const Change asked{"officer", "", Instant(std::chrono::seconds(1'622'851'200))};

class JobStore : public testing::Test {
 protected:
  Job add(const std::string& exam, const std::string& id, const std::string& kind = "plan") {
    return jobs.add_job({kind, exam, "{}"}, id, asked);
  }
  std::optional<Job> claim(const std::string& token, Instant at) { return jobs.claim_job({"plan"}, token, at, lease); }

  TestDatabase database;
  JobRepository& jobs = database->jobs();
  Instant now = asked.at;
};

TEST_F(JobStore, KeepsOneOfAKindAndExamAtATime) {
  EXPECT_EQ(add("E1", "a").id, "a");
  EXPECT_EQ(add("E1", "b").id, "a");
  EXPECT_EQ(add("E2", "c").id, "c");
  EXPECT_EQ(add("E1", "d", "papers").id, "d");
  auto claimed = claim("token", now);
  ASSERT_TRUE(claimed);
  EXPECT_EQ(add("E1", "e").id, "a") << "it runs";
  claimed->state = JobState::done;
  claimed->result = R"({"digest":"abc"})";
  EXPECT_TRUE(jobs.end_job(*claimed, asked));
  EXPECT_EQ(add("E1", "f").id, "f");
  EXPECT_EQ(jobs.find_job("a")->result, R"({"digest":"abc"})");
  EXPECT_FALSE(jobs.find_job("b"));
}

// Red as a bug of ours (status 500): the database compares no other letters with an id of ASCII.
TEST_F(JobStore, HasNothingUnderAnIdInOtherLetters) {
  add("E1", "a");
  for (const char* id : {"가", "１", "\u200b", "😀"}) EXPECT_THROW(jobs.find_job(id), NotFound) << id;
  EXPECT_TRUE(jobs.find_job("a"));
}

TEST_F(JobStore, AProgramFindsItsKindBehindAnyNumberOfOthers) {
  for (int i = 0; i < 30; ++i) add("E" + std::to_string(i), "plan-" + std::to_string(i));
  add("", "keys", "key_rotation");
  EXPECT_EQ(jobs.claim_job({"destruction", "key_rotation"}, "one", now, lease)->id, "keys");
  EXPECT_FALSE(jobs.claim_job({"destruction", "key_rotation"}, "two", now, lease));
  EXPECT_FALSE(jobs.claim_job({"key"}, "three", now, lease)) << "part of a word is not the word";
  EXPECT_EQ(jobs.list_jobs({.exam = {}, .kind = "key_rotation"}).size(), 1U);
  EXPECT_EQ(jobs.list_jobs({.exam = "E7", .kind = "plan"}).size(), 1U);
  EXPECT_TRUE(jobs.list_jobs({.exam = "E7", .kind = "key_rotation"}).empty());
}

TEST_F(JobStore, IsClaimedByOneProgramUntilItsLeaseRunsOut) {
  add("E1", "a");
  const auto first = claim("one", now);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->starts, 1);
  EXPECT_FALSE(claim("two", now + lease));
  EXPECT_EQ(jobs.keep_job(*first, {}, now + 20s, lease), JobRepository::Kept::yes);
  EXPECT_FALSE(claim("two", now + 31s)) << "the lease was prolonged";
  const auto second = claim("two", now + 51s);
  ASSERT_TRUE(second);
  EXPECT_EQ(second->starts, 2);
  // Whoever lost the claim changes nothing any more.
  EXPECT_EQ(jobs.keep_job(*first, {}, now + 52s, lease), JobRepository::Kept::lost);
  Job late = *first;
  late.state = JobState::done;
  EXPECT_FALSE(jobs.end_job(late, asked));
  EXPECT_EQ(jobs.find_job("a")->state, JobState::running);
}

TEST_F(JobStore, IsClaimedOnceHoweverManyAsk) {
  for (int job = 0; job < 12; ++job) add("E" + std::to_string(job), "job" + std::to_string(job));
  std::mutex mutex;
  std::map<std::string, int> claims;
  std::vector<std::jthread> programs;
  for (int program = 0; program < 4; ++program) {
    programs.emplace_back([&, program] {
      for (int round = 0; round < 12; ++round) {
        const auto claimed = claim(std::to_string(program) + "/" + std::to_string(round), now);
        const std::lock_guard lock(mutex);
        if (claimed) ++claims[claimed->id];
      }
    });
  }
  programs.clear();
  EXPECT_EQ(claims.size(), 12U);
  for (const auto& [id, times] : claims) EXPECT_EQ(times, 1) << id;
}

TEST_F(JobStore, IsCancelledAtOnceWhileItWaitsAndAskedWhileItRuns) {
  add("E1", "a");
  jobs.cancel_job("a", asked);
  EXPECT_EQ(jobs.find_job("a")->state, JobState::cancelled);
  EXPECT_THROW(jobs.cancel_job("a", asked), Conflict);
  EXPECT_THROW(jobs.cancel_job("nobody", asked), NotFound);
  add("E1", "b");
  const auto claimed = claim("token", now);
  jobs.cancel_job("b", asked);
  EXPECT_EQ(jobs.find_job("b")->state, JobState::running);
  EXPECT_EQ(jobs.keep_job(*claimed, {}, now, lease), JobRepository::Kept::cancel);
}

TEST_F(JobStore, KeepsTheHistoryOfStages) {
  add("E1", "a");
  const auto claimed = claim("token", now);
  for (const char* stage : {"Reading", "Reading", "Improving"}) {
    jobs.keep_job(*claimed, {{stage, "단계"}, 1, 5, std::string(500, 'x')}, now, lease);
  }
  const auto again = claim("later", now + 60s);
  jobs.keep_job(*again, {{"Improving", "개선"}, 0, 0, {}}, now + 60s, lease);
  std::vector<std::string> names;
  for (const JobStage& stage : jobs.list_stages("a")) names.push_back(stage.name.en);
  EXPECT_THAT(names, ElementsAre("Reading", "Improving", "Improving"));
  EXPECT_EQ(jobs.find_job("a")->progress.note.size(), 0U);
}

// Notes that are no numbers are no figures; what was said last is not said again. Red while every word of progress gave a
// point.
TEST_F(JobStore, KeepsTheFiguresThatAJobSays) {
  add("E1", "a");
  const auto claimed = claim("one", now);
  ASSERT_TRUE(claimed);
  const auto say = [&](std::uint64_t done, const std::string& note, std::chrono::seconds after) {
    jobs.keep_job(*claimed, {{"improving", "배정 개선"}, done, 0, note}, now + after, lease);
  };
  say(1, "36,109", 1s);
  say(1, "36,109", 2s);
  say(2, "reading", 3s);
  say(3, "35,000", 4s);
  const auto points = jobs.list_points("a");
  ASSERT_EQ(points.size(), 2U);
  EXPECT_EQ(points[0].figure, 36'109);
  EXPECT_EQ(points[0].at, now + 1s);
  EXPECT_EQ(points[1].done, 3U);
  EXPECT_EQ(points[1].figure, 35'000);
  for (const char* note : {"", "12 km", "-5", ",1", "1e9"}) EXPECT_FALSE(figure_of_note(note)) << note;
}

TEST_F(JobStore, LeavesAnAuditEntryForEveryStepOfAPerson) {
  add("E1", "a");
  jobs.cancel_job("a", asked);
  std::vector<std::string> actions;
  for (const AuditEntry& entry : database->audit().list_entries({.action = "job"})) actions.push_back(entry.note.action);
  EXPECT_THAT(actions, ElementsAre("job.cancel", "job.add"));
}

// A runner whose work the test directs.
class JobRuns : public JobStore {
 protected:
  JobRunnerSettings quick() const {
    JobRunnerSettings settings;
    settings.look = 5ms;
    settings.keep = 5ms;
    return settings;
  }
  std::unique_ptr<JobRunner> run(JobWork work) {
    return std::make_unique<JobRunner>(
        jobs, std::map<std::string, JobWork>{{"plan", std::move(work)}}, database.clock,
        [](const Error& error) { ADD_FAILURE() << error.what(); }, quick());
  }
  // The job once it is in one of these states; nothing after a minute.
  std::optional<Job> await(const std::string& id, JobState wanted) {
    for (int tries = 0; tries < 6'000; ++tries) {
      const auto job = jobs.find_job(id);
      if (job && job->state == wanted) return job;
      std::this_thread::sleep_for(10ms);
    }
    return std::nullopt;
  }
};

TEST_F(JobRuns, DoesTheWorkAndKeepsItsResult) {
  add("E1", "a");
  const auto runner = run([](const JobCall& call) {
    call.progress.stage({"Improving", "개선"}, 10);
    call.progress.report(10, "gap 0.1 %");
    return R"({"digest":"1"})";
  });
  const auto job = await("a", JobState::done);
  ASSERT_TRUE(job);
  EXPECT_EQ(job->result, R"({"digest":"1"})");
  EXPECT_EQ(job->progress.done, 10U);
  EXPECT_EQ(job->progress.note, "gap 0.1 %");
  EXPECT_EQ(jobs.list_stages("a").size(), 1U);
}

TEST_F(JobRuns, TellsWhyWorkFailedButNothingAnUnknownExceptionSays) {
  add("E1", "a");
  auto runner = run([](const JobCall&) -> std::string { throw Conflict("too_small", {"Too few rooms.", "시험실이 부족합니다."}); });
  auto job = await("a", JobState::failed);
  ASSERT_TRUE(job);
  EXPECT_EQ(job->fault_code, "too_small");
  EXPECT_EQ(job->fault.ko, "시험실이 부족합니다.");
  runner.reset();
  add("E2", "b");
  runner = run([](const JobCall&) -> std::string { throw std::runtime_error("Hong Gildong"); });
  job = await("b", JobState::failed);
  ASSERT_TRUE(job);
  EXPECT_EQ(job->fault.en.find("Hong"), std::string::npos);
}

TEST_F(JobRuns, StopsWorkThatIsCancelled) {
  add("E1", "a");
  const auto runner = run([](const JobCall& call) -> std::string {
    for (std::uint64_t round = 0;; ++round) {
      call.progress.report(round);
      std::this_thread::sleep_for(1ms);
    }
  });
  ASSERT_TRUE(await("a", JobState::running));
  jobs.cancel_job("a", asked);
  EXPECT_TRUE(await("a", JobState::cancelled));
}

TEST_F(JobRuns, GivesWorkBackWhenItsProgramEndsAndAnotherGoesOn) {
  add("E1", "a");
  std::atomic<bool> begun{false};
  auto first = run([&](const JobCall& call) -> std::string {
    begun = true;
    for (std::uint64_t round = 0;; ++round) {
      call.progress.report(round);
      std::this_thread::sleep_for(1ms);
    }
  });
  while (!begun) std::this_thread::sleep_for(1ms);
  first.reset();
  EXPECT_EQ(jobs.find_job("a")->state, JobState::waiting);
  const auto second = run([](const JobCall&) { return std::string("{}"); });
  const auto job = await("a", JobState::done);
  ASSERT_TRUE(job);
  EXPECT_EQ(job->starts, 2);
}

TEST_F(JobRuns, SaysWhyItDoesNotBeginAgainWorkThatBrokeOffTooOften) {
  add("E1", "a");
  for (int start = 0; start < 3; ++start) {
    ASSERT_TRUE(claim(std::to_string(start), database.clock.now()));
    database.clock.advance(60s);
  }
  std::atomic<int> works{0};
  const auto runner = run([&](const JobCall&) {
    ++works;
    return std::string("{}");
  });
  const auto job = await("a", JobState::failed);
  ASSERT_TRUE(job);
  EXPECT_EQ(job->fault_code, "job_broke_off");
  EXPECT_EQ(works, 0);
}

}  // namespace
}  // namespace hanjari::services
