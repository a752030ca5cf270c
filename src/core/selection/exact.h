// Exact integer arithmetic for means and deviations.
#pragma once

#include <cstdint>

namespace hanjari::selection {

__extension__ typedef __int128 Wide;
__extension__ typedef unsigned __int128 UnsignedWide;

// The greatest integer <= numerator / denominator; denominator >= 1.
constexpr std::int64_t floor_divide(std::int64_t numerator, std::int64_t denominator) {
  const std::int64_t quotient = numerator / denominator;
  return quotient * denominator > numerator ? quotient - 1 : quotient;
}

// The greatest integer whose square is <= value.
constexpr UnsignedWide root_down(UnsignedWide value) {
  UnsignedWide bit = 1;
  while (bit <= value >> 2) bit <<= 2;
  UnsignedWide root = 0;
  for (; bit != 0; bit >>= 2) {
    const UnsignedWide trial = root + bit;
    root >>= 1;
    if (value >= trial) {
      value -= trial;
      root += bit;
    }
  }
  return root;
}

}  // namespace hanjari::selection
