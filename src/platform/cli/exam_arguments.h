// What commands on exams and plans share: reading the package, the exit status.
#pragma once

#include <vector>

#include "hanjari/base/fault.h"
#include "hanjari/cli/command.h"
#include "hanjari/domain/plan.h"
#include "hanjari/domain/plan_rows.h"
#include "hanjari/package/exam_package.h"

namespace hanjari::cli {

// --encoding utf8|cp949
Option encoding_option();
package::Encoding read_encoding(const Arguments& arguments);

// What a command says of a package beside its warnings: hints are for plan, verify and check, every other command would only
// repeat them.
enum class Say { warnings, warnings_and_hints };

// What was read although it looks odd, a line each.
void say_warnings(const std::vector<Fault>& warnings, const Terminal& terminal);

// Loads the package and says its warnings.
Exam load_exam_argument(const Arguments& arguments, const std::string& folder, const Terminal& terminal,
                        Say what = Say::warnings);

// Refuses pins that a plan cannot keep (find_misplaced_pins): throws InvalidInput. `published`: null for a first plan.
void require_sound_pins(const Exam& exam, const PlanRows* published);
// Where no published plan is looked at, pins that name a place are refused and the others are said to be passed over.
void judge_pins_of_first_plan(const Exam& exam, const Terminal& terminal);

// "incomplete: N of M people have no seat", which is told before anything else of such a plan.
Text tell_incomplete(std::uint64_t unseated, std::uint64_t people);
// Says it if that is so, before anything is made of the plan; true where people have no seat.
bool say_if_incomplete(const Exam& exam, const Plan& plan, const Terminal& terminal);

// What a command that makes a plan ends with.
Exit exit_of(PlanStatus status);

}  // namespace hanjari::cli
