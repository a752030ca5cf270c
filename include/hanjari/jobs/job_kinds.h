// The kinds of jobs, and those that concern the whole installation instead of one exam.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "hanjari/jobs/jobs.h"

namespace hanjari::services {

inline constexpr const char* plan_job_kind = "plan";
inline constexpr const char* replan_job_kind = "replan";
inline constexpr const char* edited_plan_job_kind = "edited_plan";  // a plan that was edited by hand, to be stored
inline constexpr const char* whatif_job_kind = "whatif";  // one thing of an exam varied, or one goal against another
inline constexpr const char* closing_job_kind = "closing";  // of a recruitment's applications
inline constexpr const char* freezing_job_kind = "freezing";  // of the list of an exam day, which becomes a stored exam
inline constexpr const char* health_job_kind = "health_decisions";  // on many health reports at once
inline constexpr const char* application_keys_job_kind = "application_keys";  // what officers find applications by
inline constexpr const char* import_job_kind = "import";    // of an exam package that was sent as a file
inline constexpr const char* venues_job_kind = "venues";  // of the venues that the city has accepted
inline constexpr const char* papers_job_kind = "papers";
inline constexpr const char* staffing_job_kind = "staffing";  // duties of invigilators
inline constexpr const char* notices_job_kind = "notices";            // what a plan changes for people who were told another
inline constexpr const char* result_import_job_kind = "result_import";  // of a result package that was sent as a file
inline constexpr const char* decision_job_kind = "decision";            // on a result package
inline constexpr const char* publication_job_kind = "publication";      // a version of what is published of a decision
inline constexpr const char* fairness_report_job_kind = "fairness_report";  // by group, beside the seats of the live plan
inline constexpr const char* destruction_job_kind = "destruction";    // of every exam whose day has come
inline constexpr const char* key_rotation_job_kind = "key_rotation";  // new keys for all personal data

// As a reader knows the work; an unknown kind is its own name.
Text name_of_kind(std::string_view kind);

// Whether files and faults of such a job are of marks or verdicts: only programs that serve the office open them, and do the work.
bool is_for_office(std::string_view kind);

// Orders work that concerns no single exam; gives the job of that kind which waits or runs when there is one.
Job order_upkeep(JobRepository& jobs, const std::string& kind, const Change& change);

// What the program orders by itself when something is due, so that a cause that stays does not fill the list: nothing
// while such a job waits or runs, and nothing within `pause` of one that failed or was cancelled.
std::optional<Job> order_when_due(JobRepository& jobs, const std::string& kind, std::chrono::seconds pause,
                                  const Change& change);

}  // namespace hanjari::services
