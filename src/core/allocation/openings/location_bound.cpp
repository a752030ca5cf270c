#include "allocation/openings/location_bound.h"

#include <algorithm>

namespace hanjari::allocation {

LocationBound::LocationBound(const Location& location) : location_(location) {
  answer_.worth.resize(location.opening.size());
  answer_.seated.resize(location.customers());
}

// The best use of a site's seats: those who gain most take them first.
Cost LocationBound::gain_at(std::size_t site, const std::vector<Cost>& price) {
  gains_.clear();
  std::int64_t wanted = 0;
  for (std::size_t customer = 0; customer < location_.customers(); ++customer) {
    const Cost each = location_.cost[customer * location_.sites + site] - price[customer];
    if (each >= 0) continue;
    gains_.push_back({.each = each, .customer = static_cast<std::uint32_t>(customer)});
    wanted += location_.demand[customer];
  }
  std::int64_t left = location_.seats[site];
  if (wanted > left) {
    std::sort(gains_.begin(), gains_.end(),
              [](const Gain& a, const Gain& b) { return a.each != b.each ? a.each < b.each : a.customer < b.customer; });
  }
  Cost total = 0;
  for (const Gain& gain : gains_) {
    if (left == 0) break;
    const std::int64_t people = std::min(left, location_.demand[gain.customer]);
    total += gain.each * people;
    left -= people;
    taken_.push_back({.people = people, .customer = gain.customer});
  }
  return total;
}

const LocationAnswer& LocationBound::evaluate(const std::vector<Opening>& openings, const std::vector<Cost>& price) {
  answer_.value = 0;
  std::fill(answer_.seated.begin(), answer_.seated.end(), 0);
  for (std::size_t customer = 0; customer < location_.customers(); ++customer) {
    answer_.value += price[customer] * location_.demand[customer];
  }
  std::size_t site = 0;
  for (std::size_t venue = 0; venue < location_.opening.size(); ++venue) {
    Cost& worth = answer_.worth[venue];
    worth = location_.opening[venue];
    taken_.clear();
    for (; site < location_.sites && location_.venue_of[site] == venue; ++site) {
      if (openings[venue] != Opening::closed) worth += gain_at(site, price);
    }
    if (openings[venue] == Opening::closed || (openings[venue] == Opening::undecided && worth >= 0)) continue;
    answer_.value += worth;
    for (const Seated& seated : taken_) answer_.seated[seated.customer] += seated.people;
  }
  return answer_;
}

}  // namespace hanjari::allocation
