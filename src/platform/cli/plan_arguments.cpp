#include "cli/plan_arguments.h"

#include <filesystem>
#include <utility>
#include <vector>

#include "hanjari/base/error.h"
#include "hanjari/package/spoilt_codes.h"

namespace hanjari::cli {

PlanRows load_plan_argument(const std::string& folder, package::Encoding encoding, const Terminal& terminal,
                            package::CodesOfPlan codes) {
  std::vector<Fault> warnings;
  PlanRows rows = package::load_plan_rows(folder, encoding, warnings, codes);
  say_warnings(warnings, terminal);
  return rows;
}

PlanRows load_plan_argument(const std::string& folder, package::Encoding encoding, const Exam& exam, Unknown unknown,
                            const Terminal& terminal) {
  PlanRows rows = load_plan_argument(folder, encoding, terminal);
  if (unknown == Unknown::refused_later) require_whole_numbers(folder, exam, rows);
  std::vector<Fault> causes = package::find_spoilt_codes(exam, rows).causes;
  if (unknown == Unknown::refused_later)
    std::erase_if(causes, [](const Fault& cause) { return cause.column == "applicant_id" || cause.column == "venue_code"; });
  say_warnings(causes, terminal);
  return rows;
}

void require_whole_numbers(const std::string& folder, const Exam& exam, const PlanRows& rows) {
  Faults faults;
  for (Fault& fault : package::find_spoilt_numbers(exam, rows)) {
    // Several plans may be given at once.
    fault.file = (std::filesystem::path(folder) / fault.file).string();
    faults.add(std::move(fault));
  }
  if (!faults.empty()) throw InvalidInput(std::move(faults));
}

DutyRows load_duties_argument(const std::string& folder, package::Encoding encoding, package::Repetition repetition,
                              const Terminal& terminal) {
  std::vector<Fault> warnings;
  DutyRows rows = package::load_duties(folder, encoding, repetition, warnings);
  say_warnings(warnings, terminal);
  return rows;
}

}  // namespace hanjari::cli
