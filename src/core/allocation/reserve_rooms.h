// Which exam rooms the policy keeps free for the day (reserve_rooms per venue and per district).
#pragma once

#include <vector>

#include "hanjari/domain/exam.h"

namespace hanjari::allocation {

// The rooms set aside, ascending: at every regular venue the `per_venue` exam rooms with the fewest seats (of equal
// ones rather one that is not accessible, then the highest number); then, in every district whose regular venues keep
// fewer than `per_district` in all, further ones chosen by the same rule, one venue after the other in turn.
std::vector<RoomIndex> choose_set_aside(const Exam& exam, const std::vector<int>& capacities);

}  // namespace hanjari::allocation
