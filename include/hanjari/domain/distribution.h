// How detours are spread over people.
#pragma once

#include <vector>

#include "hanjari/domain/plan.h"

namespace hanjari {

// The smallest value with at least `percent` of the values at or below it (nearest rank); 0 of nobody. Reorders the values.
Metres nearest_rank(std::vector<Metres>& values, int percent);

// Sum, mean, median, 95th percentile and largest; zeros of nobody.
DetourDistribution distribution_of(std::vector<Metres> detours);

}  // namespace hanjari
