// The Lagrangian relaxation of "every person once" of a location problem: what is left falls apart by venue and is
// solved exactly, the opening included. Any multipliers give a bound, so they are whole numbers of the cost's unit and
// the bound is summed exactly.
#pragma once

#include <cstdint>
#include <vector>

#include "allocation/openings/location.h"

namespace hanjari::allocation {

// What is decided about a venue.
enum class Opening : char { undecided, closed, open };

// The relaxed problem's answer at some multipliers.
struct LocationAnswer {
  Cost value = 0;                    // the bound
  std::vector<Cost> worth;           // by venue: what opening it adds to the bound; negative: it pays for itself
  std::vector<std::int64_t> seated;  // by customer: people seated anywhere, more or fewer than there are
};

class LocationBound {
 public:
  // Keeps a reference.
  explicit LocationBound(const Location& location);
  // `price` is by customer: what seating one more person is worth.
  const LocationAnswer& evaluate(const std::vector<Opening>& openings, const std::vector<Cost>& price);

 private:
  struct Gain {
    Cost each = 0;  // of one person; negative
    std::uint32_t customer = 0;
  };
  struct Seated {
    std::int64_t people = 0;
    std::uint32_t customer = 0;
  };
  Cost gain_at(std::size_t site, const std::vector<Cost>& price);

  const Location& location_;
  LocationAnswer answer_;
  std::vector<Gain> gains_;
  std::vector<Seated> taken_;  // seats of the venue that is looked at
};

}  // namespace hanjari::allocation
