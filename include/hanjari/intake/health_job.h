// Decisions on many health reports as one job: one after the other, each with its new seat and message in a transaction
// of its own, so that the job may be killed anywhere and begun again.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hanjari/base/clock.h"
#include "hanjari/base/text.h"
#include "hanjari/intake/officers_work.h"
#include "hanjari/jobs/job_kinds.h"
#include "hanjari/jobs/job_runner.h"
#include "hanjari/jobs/jobs.h"

namespace hanjari::services {

// What a job is asked. It says nothing about a person: orders of jobs are stored openly, so that the words that the
// applicants read are the usual ones. Own words belong to decisions on single people.
struct HealthOrder {
  std::vector<std::int64_t> reports{};
  ReportDecision decision = ReportDecision::asked;  // for all of them
  Language language = Language::korean;             // of the words that applicants read
  bool operator==(const HealthOrder&) const = default;
};

std::string write_health_order(const HealthOrder& order);
// Throws InvalidInput (bad_request).
HealthOrder parse_health_order(const std::string& json);

// What applicants are told where an officer writes nothing of their own.
Text usual_words(ReportDecision decision);

// Orders it; gives the job that does the very same already. Throws NotAllowed (role_not_allowed), NotFound
// (unknown_recruitment), InvalidInput (bad_report_list: none, more than most_report_wishes, one twice, or no decision),
// Conflict (health_job_running: other decisions of this recruitment are being made).
Job order_health_decisions(HealthDecisions&, JobRepository&, const Actor&, const ExamCode&, const HealthOrder&, const Change&);

// What a finished job did; why a report was left stands in the warnings of the job.
struct HealthMade {
  std::int64_t decided = 0;  // also by an earlier start of the job
  std::int64_t left = 0;
};
std::optional<HealthMade> parse_health_made(const std::string& result);

// The same use case as for a single person: HealthDecisions::decide_report.
JobWork health_work(HealthDecisions&, const Clock&);

}  // namespace hanjari::services
