// What a cap on the detour costs in travel.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "hanjari/base/progress.h"
#include "hanjari/domain/exam.h"

namespace hanjari::allocation {

// The cheapest way of everybody to a venue under one cap, whole rooms not counted: exact, and a lower bound of any plan.
struct CapPoint {
  std::optional<Metres> cap_m;  // nothing: no cap
  Metres travel_m = 0;
  Metres detour_m = 0;    // of all together
  Metres longest_m = 0;   // detour
  std::int64_t over = 0;  // people beyond the cap: more than 0 where it cannot be kept
  std::int64_t unseated = 0;
};

// `points` caps (at least 2) from none down to the smallest that can be kept, each a multiple of 100 m, evenly spaced;
// last the next smaller one, which cannot. Threads change the time only.
std::vector<CapPoint> trace_detour_caps(const Exam& exam, std::size_t points, int threads, Progress& progress);

}  // namespace hanjari::allocation
