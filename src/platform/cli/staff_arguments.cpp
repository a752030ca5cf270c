#include "cli/staff_arguments.h"

#include "cli/exam_arguments.h"

namespace hanjari::cli {

Staff load_staff_argument(const Arguments& arguments, const Exam& exam, const std::string& folder,
                          const Terminal& terminal) {
  package::LoadedStaff loaded = package::load_staff(exam, folder, read_encoding(arguments));
  say_warnings(loaded.warnings, terminal);
  return std::move(loaded.staff);
}

}  // namespace hanjari::cli
