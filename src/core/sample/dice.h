// A generator fast enough for millions of people: SplitMix64 (Steele, Lea, Flood 2014), one state word that grows by a
// constant and is mixed. Its first state is the first word of the project's public random stream of the seed and a
// name, so that every part of a sample has its own sequence. Integers only: the same on every compiler and machine.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "hanjari/base/random.h"

namespace hanjari::sample {

class Dice {
 public:
  Dice(std::uint64_t seed, std::string_view purpose);
  std::uint64_t next() {
    std::uint64_t word = state_ += 0x9e3779b97f4a7c15ULL;
    word = (word ^ (word >> 30)) * 0xbf58476d1ce4e5b9ULL;
    word = (word ^ (word >> 27)) * 0x94d049bb133111ebULL;
    return word ^ (word >> 31);
  }
  // In [0, bound); bound from 1 to 2^32. Uneven by less than one in 2^32, which no sample shows.
  std::int64_t below(std::int64_t bound) {
    return static_cast<std::int64_t>((next() >> 32) * static_cast<std::uint64_t>(bound) >> 32);
  }
  // In [least, most].
  std::int64_t between(std::int64_t least, std::int64_t most) { return least + below(most - least + 1); }
  // About normal with mean 0 and the given standard deviation, never beyond 3.5 of them: the sum of twelve even draws.
  std::int64_t scatter(std::int64_t deviation);
  // A position in `sums`, which rise from the first weight to the sum of all.
  std::size_t weighted(std::span<const std::int64_t> sums);

 private:
  std::uint64_t state_;
};

}  // namespace hanjari::sample
