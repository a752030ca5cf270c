// Public, replayable randomness.
//
// Everything drawn for a plan comes from one seed through this generator, whose output is defined here and not by a
// library, so that another program in another language draws the same:
//
//   seed      1 to 64 hexadecimal digits, padded on the left with zeros to 32 bytes
//   stream    a name (UTF-8), one per purpose, e.g. "seats/V0001/3"
//   block i   SHA-256(seed bytes, the name's length as 4 bytes big-endian, the name, i as 8 bytes big-endian), i = 0,
//   1, ... words     the blocks' bytes in order, each 8 bytes one unsigned big-endian integer below(n)  the first word
//   w with w < n * floor(2^64 / n), modulo n (so that every value is equally likely); n = 2^k has no rejection shuffle
//   Fisher-Yates from the end: for i = size - 1 down to 1 swap element i with element below(i + 1)
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hanjari {

struct Seed {
  std::array<std::uint8_t, 32> bytes{};
  // Lower case, without leading zeros, at least one digit.
  std::string hex() const;
  bool operator==(const Seed&) const = default;
};

// Nothing unless `text` is 1 to 64 hexadecimal digits.
std::optional<Seed> parse_seed(std::string_view text);

class RandomStream {
 public:
  RandomStream(const Seed& seed, std::string_view stream);
  std::uint64_t next();
  // Uniform in [0, bound); bound >= 1.
  std::uint64_t below(std::uint64_t bound);
  template <class T>
  void shuffle(std::vector<T>& items) {
    for (std::size_t i = items.size(); i > 1; --i) {
      using std::swap;
      swap(items[i - 1], items[static_cast<std::size_t>(below(i))]);
    }
  }

 private:
  void refill();

  std::string head_;
  std::uint64_t counter_ = 0;
  std::array<std::uint64_t, 4> words_{};
  std::size_t used_ = 4;
};

}  // namespace hanjari
