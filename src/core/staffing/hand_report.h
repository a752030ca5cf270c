// The report of duties changed by hand: figures counted anew, bounds kept as far as they still bound.
#pragma once

#include "staffing/problem.h"

namespace hanjari::staffing {

// `base`: the report of the run that was changed; `now`: the people by now. A bound of a level is kept where the levels
// before are as good as they were proven to be, and nobody can be used who could not be then; of what `--keep` changed
// nothing is said, because the duties it kept to are not known here.
DutyReport report_by_hand(const Problem& problem, const DutyReport& base, const PeopleMark& now, const DutyRows& rows);

}  // namespace hanjari::staffing
