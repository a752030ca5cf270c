// The recruitment units of a sample.
#pragma once

#include <cstdint>
#include <vector>

#include "hanjari/sample/sample.h"

namespace hanjari::sample {

constexpr int founding_units = 28;
constexpr int most_units = 900;

struct UnitPlan {
  std::vector<Unit> units;               // by code
  std::vector<std::int64_t> applicants;  // by unit, each at least 1
  std::vector<int> female_percent;       // by unit
};

// `count` units for `applicants` people; count <= applicants and <= most_units. Up to founding_units the largest units
// of the founding exam; beyond, the same series once more for every appointing body, then in grade 7.
UnitPlan plan_units(int count, std::int64_t applicants, Area area);

// Whole shares of `total` in proportion to `weights`, by largest remainder; ties go to the earlier one.
std::vector<std::int64_t> apportion(std::int64_t total, const std::vector<std::int64_t>& weights);

}  // namespace hanjari::sample
