// Importing an exam package that an officer sends as a ZIP file or a workbook, as a job: read, judged and stored in one transaction.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "hanjari/actor/audit.h"
#include "hanjari/base/clock.h"
#include "hanjari/base/text.h"
#include "hanjari/jobs/job_kinds.h"
#include "hanjari/jobs/job_runner.h"
#include "hanjari/jobs/jobs.h"
#include "hanjari/package/csv.h"
#include "hanjari/plans/exams.h"

namespace hanjari::services {

// What may be sent at once: the tables of a city with its travel.csv have a tenth of it when packed.
constexpr std::size_t longest_packed_exam = 32 * 1000 * 1000;

// Looks at the ZIP and its exam.json, and orders the rest as a job that keeps the file sealed until it is over. Throws
// InvalidInput with every fault of these two, Conflict (job_running) while another import of this exam waits or runs.
// With `preview` nothing is stored: the job says what the package would change (see import_preview.h) and keeps the file for its import.
// Notes in bad cells are in `language`.
enum class ImportStep { store, preview };
Job order_import(JobRepository&, std::string_view zip, package::Encoding, const Change&, ImportStep step = ImportStep::store,
                 Language language = Language::korean);

// The same of one table alone, a workbook or its CSV file, which takes the place of the table in the package of this exam that was
// stored last when the job runs; a CSV file is read as UTF-8 or CP949, whichever its bytes are. Throws NotFound (exam_not_found,
// table_not_found), Conflict (exam_destroyed, job_running). The job refuses a table that would make it another exam.
Job order_table_import(JobRepository&, ExamRepository&, const ExamCode& exam, const std::string& table, std::string_view sent,
                       const Change&, ImportStep step = ImportStep::store, Language language = Language::korean);

// What a finished job of this kind found.
struct ImportMade {
  std::string input_sha256;
  bool again = false;  // the very same package was there before
  std::int64_t people = 0;
  std::int64_t units = 0;
  std::int64_t venues = 0;
  std::int64_t rooms = 0;
  std::int64_t warnings = 0;  // what was read although it looks odd
};
std::optional<ImportMade> parse_import_made(const std::string& result);

// A package with faults is stored in no part; every fault is in InvalidInput, and of workbooks the job keeps the same file with the
// bad cells marked, several in a ZIP file.
JobWork import_work(ExamRepository&, JobRepository&, const Clock&);

}  // namespace hanjari::services
