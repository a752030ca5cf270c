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
                            package::CodesOfPlan codes = package::CodesOfPlan::refused);
// What becomes of people and places of the plan that the exam does not have.
enum class Unknown { refused_later, passed_over };
// The same of a plan that no verifier judges afterwards: codes that a spreadsheet spoilt in many rows are said, each cause once, but for
// those that are refused later, because that says them. Where what is made is told to people by their numbers (refused_later), numbers
// that lost their zeros are refused at once: see require_whole_numbers.
PlanRows load_plan_argument(const std::string& folder, package::Encoding encoding, const Exam& exam, Unknown unknown,
                            const Terminal& terminal);
// Throws InvalidInput where applicant numbers of the plan in the folder lost their zeros or were made numbers of a spreadsheet, each cause
// once with its count: whatever is made from them names people by numbers that nobody has.
void require_whole_numbers(const std::string& folder, const Exam& exam, const PlanRows& rows);
DutyRows load_duties_argument(const std::string& folder, package::Encoding encoding, package::Repetition repetition,
                              const Terminal& terminal);

}  // namespace hanjari::cli
