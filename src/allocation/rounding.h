// From seats to whole rooms: the first plan of B.
#pragma once

#include <vector>

#include "allocation/rooming.h"

namespace hanjari::allocation {

// Gives every class the fewest rooms that hold it, near the flow of A (`site_of`, by person): the cost of a room for a
// class in a group is what the next `capacity` people of the class pay there beyond their best choice at the prices,
// and a toll for seats beyond the flow.
RoomCounts round_to_rooms(const Rooming& rooming, const std::vector<std::uint32_t>& site_of,
                          const std::vector<Cost>& group_price, int threads);

}  // namespace hanjari::allocation
