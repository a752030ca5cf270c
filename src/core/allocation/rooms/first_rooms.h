// The plan of whole rooms that the improvement begins with.
#pragma once

#include "allocation/rooms/room_bound.h"
#include "allocation/rooms/rooming.h"
#include "allocation/sites/transport.h"

namespace hanjari::allocation {

// Rounds near the flow of A and, where there is a bound, near what it has learnt; starts the rooming with the better.
// Weights of (unit, venue) pairs and of venues are shared out to the rooms there, by the plan of the try before.
void start_rooms(Rooming& rooming, const Transport& transport, const std::vector<Cost>& group_price,
                 const RoomBound* bound, int threads);

}  // namespace hanjari::allocation
