// Importing a result package that an officer sends as a ZIP file, and deciding on one, as jobs.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "hanjari/base/clock.h"
#include "hanjari/jobs/job_kinds.h"
#include "hanjari/jobs/job_runner.h"
#include "hanjari/jobs/jobs.h"
#include "hanjari/package/csv.h"
#include "hanjari/plans/exams.h"
#include "hanjari/results/results.h"

namespace hanjari::services {

// The tables of a million people have some two thirds of it when packed.
constexpr std::size_t longest_packed_results = 32 * 1000 * 1000;

// Looks at the ZIP and orders the rest as a job that keeps the file sealed until it is over. Throws InvalidInput with
// every fault of the ZIP, NotFound (exam_not_found), Conflict (exam_destroyed; job_running while another import of
// results of this exam waits or runs). Notes in bad cells are in `language`.
Job order_result_import(ExamRepository&, JobRepository&, const ExamCode& exam, std::string_view zip, package::Encoding,
                        const Change&, Language language = Language::korean);

// What a finished job of this kind found.
struct ResultImportMade {
  std::int64_t version = 0;
  bool again = false;  // the very same package was there before
  std::int64_t people = 0;
  std::int64_t units = 0;
  std::int64_t warnings = 0;
};
std::optional<ResultImportMade> parse_result_import_made(const std::string& result);

// A package with faults is stored in no part; every fault is in InvalidInput, and of workbooks the job keeps the same file with the
// bad cells marked, several in a ZIP file. With `exams` the people are compared with the live plan (compare_with_seated).
JobWork result_import_work(ResultRepository&, JobRepository&, const Clock&, ExamRepository* exams = nullptr);

// judged: marks of an elective that have the shape of adjusted ones stop the decision. confirmed: whoever orders it has looked, and they
// are the marks before adjustment.
enum class RawMarks { judged, confirmed };

// Orders the decision on a package whose rules are frozen. Throws NotFound (unknown_package), Conflict
// (rules_not_frozen; decision_running while one on another package waits or runs).
Job order_decision(ResultRepository&, JobRepository&, const ExamCode& exam, std::int64_t package, const Change&,
                   RawMarks marks = RawMarks::judged);

// Nothing of a verdict: results of jobs are stored openly.
struct DecisionMade {
  std::int64_t version = 0;
  bool again = false;  // the package was decided before, with the same bytes
  std::string decision_sha256;
};
std::optional<DecisionMade> parse_decision_made(const std::string& result);

// Throws Conflict (marks_look_adjusted) that names the electives. The written stage: the same bytes of decisions.csv, cuts.csv and the reports as `hanjari decide`.
JobWork decision_work(ExamRepository&, ResultRepository&, const Clock&);

}  // namespace hanjari::services
