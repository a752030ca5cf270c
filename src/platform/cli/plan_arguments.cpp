#include "cli/plan_arguments.h"

#include <vector>

#include "hanjari/package/plan_forms.h"

namespace hanjari::cli {

PlanRows load_plan_argument(const std::string& folder, package::Encoding encoding, const Terminal& terminal) {
  std::vector<Fault> warnings;
  PlanRows rows = package::load_plan_rows(folder, encoding, warnings);
  say_warnings(warnings, terminal);
  return rows;
}

DutyRows load_duties_argument(const std::string& folder, package::Encoding encoding, package::Repetition repetition,
                              const Terminal& terminal) {
  std::vector<Fault> warnings;
  DutyRows rows = package::load_duties(folder, encoding, repetition, warnings);
  say_warnings(warnings, terminal);
  return rows;
}

}  // namespace hanjari::cli
