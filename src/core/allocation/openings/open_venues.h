// The choice of the venues to open, by branch and bound on the Lagrangian relaxation.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "allocation/openings/location.h"

namespace hanjari::allocation {

struct OpenVenues {
  std::vector<char> open;  // by venue; empty when no choice was found that seats everybody
  Cost cost = 0;           // of that choice: people's costs and openings
  Cost bound = 0;          // no choice costs less
  std::vector<std::uint32_t> next;  // closed venues, the one that is nearest to paying for itself first
};

struct OpeningEffort {
  std::uint64_t work = 0;          // elementary steps, about 10^9 a second
  std::function<bool()> stop;      // ends the search early; may be empty
};

OpenVenues choose_open_venues(const Location& location, const OpeningEffort& effort);

}  // namespace hanjari::allocation
