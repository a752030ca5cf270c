// Rule 5: adjusted marks of electives.
#pragma once

#include "hanjari/selection/statistics.h"

namespace hanjari::selection {

// 50 + 10 (x - mean) / sd, rounded once, half towards plus infinity, to rules.adjusted_decimals places. `x` is a raw
// mark or a raw mark with bonus, from 0 to 120 points. Throws InvalidInput (too_many_takers) above most_takers.
Mark adjusted_mark(const Moments& moments, Mark x, const Rules& rules);

}  // namespace hanjari::selection
