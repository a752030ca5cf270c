// Which venues to open, when opening costs: customers whose people go to sites with seats (a capacitated location
// problem). Everything that concerns rooms is left out, so its optimum is a lower bound for a plan without the weights
// of rooms and pairs, and its open venues are a good choice for one.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "allocation/problem.h"

namespace hanjari::allocation {

struct Location {
  std::size_t sites = 0;
  std::vector<std::int64_t> demand;      // people of a customer: those who cost the same at every site
  std::vector<std::int64_t> seats;       // by site
  std::vector<std::uint32_t> venue_of;   // by site, ascending
  std::vector<Cost> opening;             // by venue; also of venues without a site
  std::vector<Cost> cost;                // customer x site, of one person; `impossible` where there is no way
  std::vector<Cost> dearest;             // by customer: the dearest site that may be used

  std::size_t customers() const { return demand.size(); }
  std::span<const Cost> costs_of(std::size_t customer) const { return {&cost[customer * sites], sites}; }
  // Elementary steps of looking at every pair once: what work is counted in.
  std::uint64_t pairs() const { return static_cast<std::uint64_t>(customers()) * sites; }
};

Location make_location(const Problem& problem);

}  // namespace hanjari::allocation
