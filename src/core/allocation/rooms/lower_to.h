// The inner loop of the class seatings: a row of minima.
#pragma once

#include <cstddef>
#include <cstdint>

namespace hanjari::allocation {

// row[i] = min(row[i], costs[i] - here) for i < count. Uses wide registers where the processor has them; integers, so
// the result is the same.
void lower_to(std::int64_t* row, const std::int64_t* costs, std::int64_t here, std::size_t count);

}  // namespace hanjari::allocation
