// What commands on exams and plans share: reading the package, the exit status.
#pragma once

#include "hanjari/cli/command.h"
#include "hanjari/domain/plan.h"
#include "hanjari/package/exam_package.h"

namespace hanjari::cli {

// --encoding utf8|cp949
Option encoding_option();
package::Encoding read_encoding(const Arguments& arguments);

// Loads the package and says its warnings.
Exam load_exam_argument(const Arguments& arguments, const std::string& folder, const Terminal& terminal);

// What a command that makes a plan ends with.
Exit exit_of(PlanStatus status);

}  // namespace hanjari::cli
