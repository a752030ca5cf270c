// Demands that may be served by some of the suppliers: can all be met at once? The only user of Boost's maximum flow.
#pragma once

#include <cstdint>
#include <vector>

namespace hanjari::allocation {

struct FlowDemand {
  std::int64_t amount = 0;
  std::vector<std::uint32_t> suppliers;  // positions in the supplies
};

// The demands of a violated set (their sum is more than all supplies that any of them may use), as few as one where a
// single demand is already too much. Empty when all demands can be met.
std::vector<std::uint32_t> find_unmet_demands(const std::vector<FlowDemand>& demands,
                                              const std::vector<std::int64_t>& supplies);

}  // namespace hanjari::allocation
