// From seats to whole rooms: a plan of B to begin with.
#pragma once

#include "allocation/rooms/room_costs.h"

namespace hanjari::allocation {

// Gives every class the fewest rooms that hold it, as cheaply as chains of swaps find.
RoomCounts round_to_rooms(const Rooming& rooming, const RoomCosts& costs);

}  // namespace hanjari::allocation
