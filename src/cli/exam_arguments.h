// Reading the exam package that a command is given, the same way in every command.
#pragma once

#include "hanjari/cli/command.h"
#include "hanjari/package/exam_package.h"

namespace hanjari::cli {

// --encoding utf8|cp949
Option encoding_option();
package::Encoding read_encoding(const Arguments& arguments);

// Loads the package and says its warnings.
Exam load_exam_argument(const Arguments& arguments, const std::string& folder, const Terminal& terminal);

}  // namespace hanjari::cli
