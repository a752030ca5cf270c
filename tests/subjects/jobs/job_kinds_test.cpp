// Work that the program orders by itself, and its names.
#include <gtest/gtest.h>

#include "hanjari/jobs/job_kinds.h"
#include "stage/memory_jobs.h"

namespace hanjari::services {
namespace {

using namespace std::chrono_literals;

const Instant noon{std::chrono::seconds(1'800'000'000)};

std::optional<Job> order(hanjari::tests::MemoryJobs& jobs, Instant at) {
  return order_when_due(jobs, destruction_job_kind, 1h, {"program", "on schedule", at, "program"});
}

TEST(JobKinds, HaveNamesInBothLanguages) {
  for (const char* kind : {plan_job_kind, replan_job_kind, edited_plan_job_kind, whatif_job_kind, closing_job_kind,
                           freezing_job_kind, health_job_kind,
                           application_keys_job_kind, import_job_kind, venues_job_kind, papers_job_kind, staffing_job_kind,
                           notices_job_kind, result_import_job_kind, decision_job_kind, publication_job_kind, fairness_report_job_kind,
                           destruction_job_kind, key_rotation_job_kind}) {
    EXPECT_NE(name_of_kind(kind).en, kind);
    EXPECT_NE(name_of_kind(kind).ko, name_of_kind(kind).en);
  }
  EXPECT_EQ(name_of_kind("of a newer program").en, "of a newer program");
}

TEST(JobKinds, ACauseThatStaysDoesNotFillTheList) {
  hanjari::tests::MemoryJobs jobs;
  ASSERT_TRUE(order(jobs, noon));
  EXPECT_FALSE(order(jobs, noon + 1min)) << "it waits";
  jobs.jobs[0].state = JobState::running;
  EXPECT_FALSE(order(jobs, noon + 2min)) << "it runs";
  jobs.jobs[0].state = JobState::failed;
  jobs.jobs[0].ended_at = noon + 3min;
  EXPECT_FALSE(order(jobs, noon + 62min)) << "it failed less than an hour ago";
  jobs.jobs[0].state = JobState::cancelled;
  EXPECT_FALSE(order(jobs, noon + 62min)) << "it was cancelled less than an hour ago";
  EXPECT_TRUE(order(jobs, noon + 63min));
  EXPECT_EQ(jobs.jobs.size(), 2U);
  jobs.jobs[1].state = JobState::done;
  jobs.jobs[1].ended_at = noon + 64min;
  EXPECT_TRUE(order(jobs, noon + 65min)) << "another exam is due";
}

}  // namespace
}  // namespace hanjari::services
