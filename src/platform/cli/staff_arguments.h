// What commands on invigilators share.
#pragma once

#include "hanjari/cli/command.h"
#include "hanjari/package/staffing_package.h"

namespace hanjari::cli {

// Loads the folder and says its warnings.
Staff load_staff_argument(const Arguments& arguments, const Exam& exam, const std::string& folder,
                          const Terminal& terminal);

}  // namespace hanjari::cli
