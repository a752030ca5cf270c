// From people in groups of rooms to people in rooms.
#pragma once

#include <vector>

#include "allocation/problem.h"

namespace hanjari::allocation {

struct RoomLists {
  std::vector<RoomIndex> room_of;   // by applicant; none() when unseated
  std::vector<VenueIndex> crowded;  // venues where wheelchair users found too few accessible rooms, ascending
};

// Puts the people of a class in a group into the fewest rooms that hold them, evenly; wheelchair users into accessible
// rooms. People for whom that fails stay without a room and their venue is named in `crowded`.
RoomLists fill_rooms(const Problem& problem, const std::vector<std::uint32_t>& group_of);

}  // namespace hanjari::allocation
