#include "sample/dice.h"

#include <algorithm>

#include <fmt/format.h>

namespace hanjari::sample {

Dice::Dice(std::uint64_t seed, std::string_view purpose)
    : state_(RandomStream(*parse_seed(fmt::format("{:x}", seed)), purpose).next()) {}

std::int64_t Dice::scatter(std::int64_t deviation) {
  // Twelve draws of 10 bits out of two words: mean 12 x 511.5, standard deviation 1024 to within a thousandth.
  std::int64_t sum = 0;
  for (int word_number = 0; word_number < 2; ++word_number) {
    const std::uint64_t word = next();
    for (int draw = 0; draw < 6; ++draw) sum += static_cast<std::int64_t>(word >> (10 * draw) & 1023);
  }
  const std::int64_t offset = std::clamp<std::int64_t>(sum - 6138, -3584, 3584);
  return offset * deviation / 1024;
}

std::size_t Dice::weighted(std::span<const std::int64_t> sums) {
  const auto found = std::upper_bound(sums.begin(), sums.end(), below(sums.back()));
  return static_cast<std::size_t>(found - sums.begin());
}

}  // namespace hanjari::sample
