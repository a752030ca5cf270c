// What an exam package would change, said before anything of it is stored, and its import once somebody has seen that.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hanjari/actor/audit.h"
#include "hanjari/jobs/jobs.h"
#include "hanjari/package/exam_sheets.h"
#include "hanjari/plans/exams.h"

namespace hanjari::services {

// Counts alone: nobody's data stands in the result of a job.
struct ImportPreview {
  std::string against;  // input_sha256 of the stored package that it was compared with; empty when the exam is new
  std::int64_t people = 0;
  std::int64_t warnings = 0;
  std::vector<package::TableChange> tables;  // those that differ
  std::vector<Fault> other_spellings;  // of people, for whoever looks on; not kept with the result
};

// The package beside the newest stored one of its exam. Throws Conflict (exam_destroyed).
ImportPreview preview_import(ExamRepository&, const Exam& exam, std::size_t warnings, Progress&);

std::string write_import_preview(const ImportPreview& preview);
// Nothing for the result of another job.
std::optional<ImportPreview> parse_import_preview(const std::string& result);

// input_sha256 of the package that was stored last; empty for none.
std::string newest_population(ExamRepository&, const ExamCode&);
// Throws Conflict (preview_outdated) when another package than this one was stored last.
void require_shown_against(ExamRepository&, const ExamCode&, const std::string& against);

// Orders the import of the very file that was looked at by the job `id`. Throws NotFound (unknown_job, job_file_gone), Conflict:
// preview_outdated when another package of the exam was stored since, job_running.
Job confirm_import(JobRepository&, ExamRepository&, const std::string& id, const Change& change);

}  // namespace hanjari::services
