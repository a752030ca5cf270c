// Seats among other units, as `leftover` allows them.
#pragma once

#include <vector>

#include "replanning/change_problem.h"
#include "replanning/people_moves.h"

namespace hanjari::replanning {

// Under `leftover`: whoever has no seat yet takes a free one in a room of the own unit, or of others where that leaves
// every unit with one shared room at the venue; at the own venue first, then the nearest. Where no free seat will do,
// somebody who sits beside the own unit goes there instead, and nobody else moves.
void take_shared_seats(const ChangeProblem& problem, const VenueCosts& costs, std::vector<RoomIndex>& room_of);

}  // namespace hanjari::replanning
