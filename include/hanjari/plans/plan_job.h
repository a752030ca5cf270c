// Making a plan of a stored exam as a job: the plan is stored beside the others and is not live.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "hanjari/base/random.h"
#include "hanjari/jobs/job_kinds.h"
#include "hanjari/jobs/job_runner.h"
#include "hanjari/plans/exams.h"

namespace hanjari::services {

// What an officer asks of a plan. The same exam and seed and number of rounds give the same plan.
struct PlanWish {
  std::int64_t seconds = 60;  // of improvement, 1 to 3,600; what was found until then counts
  Seed seed;
  std::string population{};  // input_sha256 of the list of applicants; empty: the newest
};

std::string write_plan_wish(const PlanWish& wish);
// Throws InvalidInput (bad_request) for what write_plan_wish() would not write.
PlanWish parse_plan_wish(const std::string& json);

// Orders the plan; gives the job that does so already when there is one. Throws NotFound (exam_not_found,
// population_not_found).
Job order_plan(ExamRepository& exams, JobRepository& jobs, const ExamCode& code, const PlanWish& wish,
               const Change& change);

// What a finished job says of its plan.
struct PlanMade {
  std::string digest;
  std::int64_t seated = 0;
  std::int64_t unseated = 0;
  std::int64_t travel_m = 0;
  std::optional<std::int64_t> bound;  // of the total
  std::int64_t total = 0;
  bool infeasible = false;  // proven that not everybody can have a seat
};
std::string write_plan_made(const Plan& plan);
std::optional<PlanMade> parse_plan_made(const std::string& json);

// `version`: of the program, for the plan's report. A job that is cancelled ends with nothing stored, unless a whole plan
// was found: then that is stored, because it is the officer's to throw away.
JobWork plan_work(ExamRepository& exams, const Clock& clock, std::string version);

}  // namespace hanjari::services
