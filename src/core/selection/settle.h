// What happens to those whom a mark lets pass or shuts out (rules 11 and 12).
#pragma once

#include "selection/cut.h"

namespace hanjari::selection {

// Gives the passing their outcome and their places, and sets those shut out back to their own marks.
void settle(const Passing& passing, Outcome outcome, Places& places, UnitDecision& decision);

}  // namespace hanjari::selection
