#include "http/request_id.h"

#include <sys/random.h>

#include <cstdint>

namespace hanjari::web {
namespace {

std::uint64_t draw_seed() {
  std::uint64_t seed = 0;
  // At most 256 bytes come whole as soon as the kernel has any; before that the call waits.
  while (::getrandom(&seed, sizeof seed, 0) != sizeof seed) {
  }
  return seed;
}

// A bijection of 64 bits (SplitMix64, Steele and others 2014), so that a counter's values never meet.
std::uint64_t mix(std::uint64_t z) {
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
  return z ^ (z >> 31U);
}

}  // namespace

std::string draw_request_id() {
  thread_local std::uint64_t next = draw_seed();
  constexpr const char* letters = "0123456789abcdefghjkmnpqrstvwxyz";  // without those that look alike
  next += 0x9E3779B97F4A7C15ULL;
  std::uint64_t bits = mix(next);
  std::string id(13, '0');
  for (char& letter : id) {
    letter = letters[bits & 31U];
    bits >>= 5U;
  }
  return id;
}

}  // namespace hanjari::web
