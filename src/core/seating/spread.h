// Spreading people over a room.
#pragma once

#include <optional>
#include <vector>

#include "seating/desk_graph.h"

namespace hanjari::seating {

// `people` desks at pairwise distance >= min_gap_cm with all required ones, spread out as evenly as the search finds;
// in row, column order. Nothing when the required desks leave no room for so many.
std::optional<std::vector<Desk>> find_spread(const Room& room, int min_gap_cm, int people,
                                             const std::vector<Desk>& required = {});

// How crowded a set of desks is: the sum over all pairs of 10^18 / d^6, where d^2 = (2 x distance along the columns)^2
// + (distance across)^2 in cm and a term counts at most 10^12. Smaller is better. A neighbour at the side counts as if
// twice as near as one in front: that is where eyes go.
std::int64_t crowding(const Room& room, const std::vector<Desk>& desks);

}  // namespace hanjari::seating
