#include "allocation/openings/location.h"

#include <algorithm>
#include <map>

namespace hanjari::allocation {

Location make_location(const Problem& problem) {
  const Exam& exam = *problem.exam;
  Location location;
  location.sites = problem.sites.size();
  for (const Site& site : problem.sites) {
    location.seats.push_back(site.seats);
    location.venue_of.push_back(site.venue.value);
  }
  for (const Venue& venue : exam.venues) location.opening.push_back(exam.policy.weights.venue + venue.opening_cost);
  std::map<std::vector<Cost>, std::size_t> customer_of;
  std::vector<Cost> row(location.sites);
  for (std::size_t person = 0; person < problem.people(); ++person) {
    Cost dearest = 0;
    for (std::size_t site = 0; site < location.sites; ++site) {
      const Site& there = problem.sites[site];
      row[site] = problem.may_use(person, there) ? problem.cost(person, there.venue) : impossible;
      if (row[site] < impossible) dearest = std::max(dearest, row[site]);
    }
    const auto [found, is_new] = customer_of.emplace(row, location.demand.size());
    if (is_new) {
      location.demand.push_back(0);
      location.dearest.push_back(dearest);
      location.cost.insert(location.cost.end(), row.begin(), row.end());
    }
    ++location.demand[found->second];
  }
  return location;
}

}  // namespace hanjari::allocation
