// The files that tell what a change of a plan means for people and places; and its figures on the terminal.
#pragma once

#include <string>

#include "hanjari/cli/command.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/replanning/replan.h"

namespace hanjari::cli {

// changes.csv, notices.csv and change_counts.csv.
package::PlanFiles change_files(const Exam& exam, const PlanRows& from, const Plan& to,
                                const std::vector<Change>& changes);

void say_figures(const ChangeFigures& figures, const Terminal& terminal);

}  // namespace hanjari::cli
