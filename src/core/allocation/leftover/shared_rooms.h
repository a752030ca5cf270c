// The policy `leftover`, begun at a plan in which all units may share (README.md, Shared rooms).
#pragma once

#include <functional>
#include <vector>

#include "allocation/problem.h"

namespace hanjari::allocation {

// From a plan of joined classes (Reading::join) to one in which every unit shares at most one room at a venue: packs the
// people of every venue into rooms, and where that does not work out, people change venue or places with others, those
// whom it costs least. False when some venue cannot be packed; `room_of` is then of no use. When `stop` says so, nobody
// is exchanged any more.
bool share_rooms(const Problem& problem, std::vector<RoomIndex>& room_of, const std::function<bool()>& stop);

}  // namespace hanjari::allocation
