// From seats to whole rooms: the first plan of B.
#pragma once

#include <vector>

#include "allocation/rooming.h"

namespace hanjari::allocation {

// Gives every class the fewest rooms that hold it, where its people are dearest to turn away: the cost of a room for a
// class in a group is what the next `capacity` people of the class pay there beyond their best choice at the prices.
RoomCounts round_to_rooms(const Problem& problem, const std::vector<Cost>& group_price);

}  // namespace hanjari::allocation
