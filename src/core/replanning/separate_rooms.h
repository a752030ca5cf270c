// People with a need, who sit among others, make room for somebody of their class.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "replanning/change_problem.h"
#include "replanning/people_moves.h"

namespace hanjari::replanning {

// Whoever is without a seat takes that of somebody with an accommodation who finds another place: in a room that is for such people
// alone. Where only a part of a class may use such rooms, the choice of rooms gives it none. `place` seats a person where there
// is a free seat and sets room_of; false when there is none.
void make_room_among_others(const ChangeProblem& problem, const VenueCosts& costs,
                            const std::function<bool(std::uint32_t)>& place, std::vector<RoomIndex>& room_of);

}  // namespace hanjari::replanning
