// A plan made by a job of a stored exam: ordered, made, stored, cancelled with the best so far, and begun again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "hanjari/base/error.h"
#include "hanjari/plans/plan_job.h"
#include "hanjari/plans/replan_job.h"
#include "stage/test_database.h"

namespace hanjari::services {
namespace {

using namespace std::chrono_literals;
using hanjari::tests::TestDatabase;

class PlanJob : public testing::Test {
 protected:
  PlanJob() {
    const Exam exam = hanjari::tests::small_exam();
    code = exam.header.code;
    database->exams().save_exam(exam, nullptr, hanjari::tests::change_of(database.clock), no_progress());
  }
  Job order(std::int64_t seconds) {
    PlanWish wish;
    wish.seconds = seconds;
    return order_plan(database->exams(), database->jobs(), code, wish, hanjari::tests::change_of(database.clock));
  }
  std::unique_ptr<JobRunner> run() {
    JobRunnerSettings settings;
    settings.look = settings.keep = 5ms;
    return std::make_unique<JobRunner>(
        database->jobs(),
        std::map<std::string, JobWork>{{plan_job_kind, plan_work(database->exams(), system_clock(), "test")},
                                       {replan_job_kind, replan_work(database->exams(), system_clock(), "test")}},
        database.clock, [](const Error& error) { ADD_FAILURE() << error.what(); }, settings);
  }
  Job await_end(const std::string& id) {
    while (true) {
      const auto job = database->jobs().find_job(id);
      if (is_over(job->state)) return *job;
      std::this_thread::sleep_for(10ms);
    }
  }

  TestDatabase database;
  ExamCode code;
};

TEST_F(PlanJob, StoresThePlanThatItMade) {
  const Job job = order(1);
  const auto runner = run();
  const Job ended = await_end(job.id);
  ASSERT_EQ(ended.state, JobState::done) << ended.fault.en;
  const auto made = parse_plan_made(ended.result);
  ASSERT_TRUE(made);
  const auto plans = database->exams().list_plans(code);
  ASSERT_EQ(plans.size(), 1U);
  EXPECT_EQ(plans[0].digest, made->digest);
  EXPECT_EQ(plans[0].seated, made->seated);
  EXPECT_FALSE(database->exams().find_live_plan(code));
}

TEST_F(PlanJob, GivesTheSamePlanWhenItIsBegunAgain) {
  const Job job = order(1);
  // A program claimed it and died.
  ASSERT_TRUE(database->jobs().claim_job({plan_job_kind}, "dead", database.clock.now(), 30s));
  database.clock.advance(60s);
  const auto runner = run();
  ASSERT_EQ(await_end(job.id).state, JobState::done);
  const Job again = order(1);
  EXPECT_NE(again.id, job.id);
  ASSERT_EQ(await_end(again.id).state, JobState::done);
  EXPECT_EQ(database->exams().list_plans(code).size(), 1U) << "the same plan is stored once";
}

TEST_F(PlanJob, EndsWithTheBestSoFarWhenItIsCancelled) {
  const Job job = order(3'600);
  const auto runner = run();
  while (database->jobs().list_stages(job.id).size() < 2) std::this_thread::sleep_for(10ms);
  database->jobs().cancel_job(job.id, hanjari::tests::change_of(database.clock));
  const Job ended = await_end(job.id);
  ASSERT_EQ(ended.state, JobState::done) << ended.fault.en;
  EXPECT_EQ(database->exams().list_plans(code).size(), 1U);
}

TEST_F(PlanJob, RefusesWhatIsNoExamAndNoTime) {
  code = ExamCode("nowhere");
  EXPECT_THROW(order(10), NotFound);
  for (const std::int64_t seconds : {std::int64_t{0}, std::int64_t{-5}, std::int64_t{3'601}, INT64_MAX})
    EXPECT_THROW(order(seconds), InvalidInput) << seconds;
  for (const char* wish : {"", "[]", R"({"seconds":1.5})", R"({"seed":7})", R"({"seed":"x"})", R"({"seconds":"1"})"})
    EXPECT_THROW(parse_plan_wish(wish), InvalidInput) << wish;
}

TEST_F(PlanJob, ReplansFromTheLivePlanAndTheNewestExam) {
  const Change change = hanjari::tests::change_of(database.clock);
  const auto code_of_order = [&] {
    try {
      order_replan(database->exams(), database->jobs(), code, {}, change);
    } catch (const Conflict& refused) {
      return refused.code();
    }
    return std::string("ordered");
  };
  EXPECT_EQ(code_of_order(), "no_live_plan");
  const Exam exam = hanjari::tests::small_exam();
  const Plan plan = hanjari::tests::plan_of(exam);
  database->exams().save_exam(exam, &plan, change, no_progress());
  const std::string told = plan.digest;
  make_plan_live(database->exams(), code, told, change);
  const auto runner = run();
  // Ten people have withdrawn since.
  Exam fewer = exam;
  fewer.applicants.resize(fewer.applicants.size() - 10);
  fewer.input_sha256 = std::string(64, 'f');
  fewer.policy.moved_farther_m = 5'000;
  database->exams().save_exam(fewer, nullptr, change, no_progress());
  const Job ordered = order_replan(database->exams(), database->jobs(), code, {}, change);
  EXPECT_EQ(order_replan(database->exams(), database->jobs(), code, {}, change).id, ordered.id);
  const Job ended = await_end(ordered.id);
  ASSERT_EQ(ended.state, JobState::done) << ended.fault.en;
  const auto made = parse_replan_made(ended.result);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->from, told);
  // One of this small exam has no lawful place, and one stands where the rules would not have it.
  EXPECT_EQ(made->farther_cap_m, std::optional<Metres>(5'000));
  EXPECT_LE(made->floor_farther, made->farther);
  EXPECT_EQ(made->removed, 10 + made->unseated);
  EXPECT_LE(made->venue + made->room + made->seat + made->added, 1);
  EXPECT_EQ(made->seated + made->unseated, static_cast<std::int64_t>(fewer.applicants.size()));
  EXPECT_EQ(database->exams().find_live_plan(code)->plan_digest, told) << "nobody is told anything";
  // Its history says what it was made from, so that it goes live without a question.
  EXPECT_TRUE(compare_with_live(database->exams(), code, made->digest).made_from_live);
}

// Red while a school could be added to nothing but the live plan: a draft had to be made anew.
TEST_F(PlanJob, ReplansFromAStoredPlanThatWasNeverLive) {
  const Change change = hanjari::tests::change_of(database.clock);
  const Exam exam = hanjari::tests::small_exam();
  const Plan plan = hanjari::tests::plan_of(exam);
  database->exams().save_exam(exam, &plan, change, no_progress());
  // The list is another one by now.
  Exam fewer = exam;
  fewer.applicants.resize(fewer.applicants.size() - 10);
  fewer.input_sha256 = std::string(64, 'f');
  database->exams().save_exam(fewer, nullptr, change, no_progress());
  EXPECT_THROW(order_replan(database->exams(), database->jobs(), code, {}, change, std::string(64, '0')), NotFound);
  const Job ordered = order_replan(database->exams(), database->jobs(), code, {}, change, plan.digest);
  const auto runner = run();
  const Job ended = await_end(ordered.id);
  ASSERT_EQ(ended.state, JobState::done) << ended.fault.en;
  const auto made = parse_replan_made(ended.result);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->from, plan.digest);
  EXPECT_EQ(made->removed, 10 + made->unseated);
  EXPECT_LE(made->venue + made->room + made->seat + made->added, 1) << "whoever has a seat keeps it";
  EXPECT_FALSE(database->exams().find_live_plan(code));
}

TEST_F(PlanJob, ARePlanOfAPlanThatIsNotLiveAnyMoreSaysSo) {
  const Change change = hanjari::tests::change_of(database.clock);
  const Exam exam = hanjari::tests::small_exam();
  const Plan plan = hanjari::tests::plan_of(exam);
  database->exams().save_exam(exam, &plan, change, no_progress());
  make_plan_live(database->exams(), code, plan.digest, change);
  database->jobs().add_job({replan_job_kind, code.text(), R"({"from":"0123456789ab","population":")" + exam.input_sha256 + R"(","reason":""})"}, "old", change);
  const auto runner = run();
  const Job ended = await_end("old");
  EXPECT_EQ(ended.state, JobState::failed);
  EXPECT_EQ(ended.fault_code, "live_plan_changed");
}

}  // namespace
}  // namespace hanjari::services
