// What report.json should say of a plan: every figure computed again from placements.csv.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "hanjari/domain/plan.h"
#include "verification/reading.h"

namespace hanjari::verification {

// Sums of 64 bits that notice when they overflow: weights and claims may be anything.
class Sum {
 public:
  void add(std::int64_t value) { overflown_ = overflown_ || __builtin_add_overflow(value_, value, &value_); }
  void add_product(std::int64_t a, std::int64_t b) {
    std::int64_t product = 0;
    overflown_ = overflown_ || __builtin_mul_overflow(a, b, &product);
    if (!overflown_) add(product);
  }
  // Nothing once it does not fit.
  std::optional<std::int64_t> value() const { return overflown_ ? std::nullopt : std::optional(value_); }

 private:
  std::int64_t value_ = 0;
  bool overflown_ = false;
};

// How far two claims lie apart, whatever they are.
inline std::uint64_t distance(std::int64_t a, std::int64_t b) {
  return a > b ? static_cast<std::uint64_t>(a) - static_cast<std::uint64_t>(b)
               : static_cast<std::uint64_t>(b) - static_cast<std::uint64_t>(a);
}

struct Figures {
  Objective objective;
  std::vector<Metres> detours;  // sorted; of everybody placed who can reach a regular venue with an exam room
  std::int64_t detour_total = 0;
  std::int64_t nearest_total = 0;
  // Over the cap for certain (by more than the tolerated metre) and perhaps (within it).
  std::int64_t over_cap_at_least = 0;
  std::int64_t over_cap_at_most = 0;
};

// Nothing when a row could not be read or a sum does not fit: there is nothing to compare then.
std::optional<Figures> compute_figures(const Reading& reading);

// Nearest rank: the smallest value with at least `percent` of the values at or below it; 0 of nobody.
Metres nearest_rank(const std::vector<Metres>& sorted, int percent);

}  // namespace hanjari::verification
