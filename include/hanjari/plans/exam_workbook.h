// A whole exam package as one workbook, a sheet for each table.
#pragma once

#include <string>

#include "hanjari/base/progress.h"
#include "hanjari/actor/audit.h"
#include "hanjari/domain/exam.h"
#include "hanjari/package/csv.h"
#include "hanjari/plans/exams.h"

namespace hanjari::services {

// The bytes of an .xlsx file, which load_exam reads as the same exam with the same digest. Throws InvalidInput when a table has more
// rows than a sheet, Unavailable (paper_not_drawn).
// `table` names one table (applicants), which is then the only sheet; throws NotFound (table_not_found) when the exam has none of this
// name.
std::string write_exam_workbook(const Exam& exam, Progress& progress, const std::string& table = {});

// The same of the package of an exam that was stored last, for somebody who takes it away: recorded with everybody whose data it
// holds, before it is given. Throws also NotFound (exam_not_found), Conflict (exam_destroyed).
std::string export_exam_workbook(ExamRepository&, AccessRecord&, const ExamCode& code, const std::string& table, const Change& change);
// One table of it as CSV, in UTF-8 with the byte-order mark by which spreadsheets know it, or in CP949. Throws the same, NotFound
// (table_not_found) for a table that is no CSV file, and InvalidInput (not_in_encoding).
std::string export_exam_csv(ExamRepository&, AccessRecord&, const ExamCode& code, const std::string& table,
                            package::Encoding encoding, const Change& change);

}  // namespace hanjari::services
