// Costs on one integer scale: metres weighted by policy, and penalties above them.
#pragma once

#include <cstdint>

namespace hanjari::allocation {

using Cost = std::int64_t;

constexpr Cost impossible = INT64_MAX / 4;

}  // namespace hanjari::allocation
