// What commands that read a plan or duties share.
#pragma once

#include <string>

#include "cli/exam_arguments.h"
#include "hanjari/package/plan_forms.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/package/staffing_package.h"

namespace hanjari::cli {

// Loads them and says in which other form their tables were read, as it is said of the package.
PlanRows load_plan_argument(const std::string& folder, package::Encoding encoding, const Terminal& terminal,
                            package::CodesOfPlan codes = package::CodesOfPlan::cleaned);
// What becomes of people and places of the plan that the exam does not have.
enum class Unknown { refused_later, passed_over };
// The same of a plan that no verifier judges afterwards: codes that a spreadsheet spoilt in many rows are said, each cause once, but for
// those that are refused later, because that says them.
PlanRows load_plan_argument(const std::string& folder, package::Encoding encoding, const Exam& exam, Unknown unknown,
                            const Terminal& terminal);
DutyRows load_duties_argument(const std::string& folder, package::Encoding encoding, package::Repetition repetition,
                              const Terminal& terminal);

}  // namespace hanjari::cli
