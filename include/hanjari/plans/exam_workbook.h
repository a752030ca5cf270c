// A whole exam package as one workbook, a sheet for each table.
#pragma once

#include <string>

#include "hanjari/base/progress.h"
#include "hanjari/domain/exam.h"

namespace hanjari::services {

// The bytes of an .xlsx file, which load_exam reads as the same exam with the same digest. Throws InvalidInput when a table has more
// rows than a sheet, Unavailable (paper_not_drawn).
std::string write_exam_workbook(const Exam& exam, Progress& progress);

}  // namespace hanjari::services
