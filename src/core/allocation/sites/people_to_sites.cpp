#include "allocation/sites/people_to_sites.h"

#include "allocation/sites/near_places.h"

namespace hanjari::allocation {
namespace {

class AllSites : public CostRows {
 public:
  explicit AllSites(const Problem& problem) : CostRows(problem.sites.size()), problem_(problem) {}
  void row(std::size_t person, std::span<Cost> costs) const override {
    for (std::size_t site = 0; site < costs.size(); ++site) {
      const Site& there = problem_.sites[site];
      costs[site] = problem_.may_use(person, there) ? problem_.cost(person, there.venue) : impossible;
    }
  }

 private:
  const Problem& problem_;
};

}  // namespace

Transport solve_people_to_sites(const Problem& problem, const TransportOptions& options) {
  std::vector<std::int64_t> seats;
  seats.reserve(problem.sites.size());
  for (const Site& site : problem.sites) seats.push_back(site.seats);
  if (problem.travel.is_kept()) {
    AllSites costs(problem);
    return solve_transport(problem.people(), seats, costs, problem.scale.unseated, options);
  }
  std::vector<const Site*> places;
  for (const Site& site : problem.sites) places.push_back(&site);
  NearPlaces<Site> costs(problem, std::move(places));
  return solve_transport(problem.people(), seats, costs, problem.scale.unseated, options);
}

}  // namespace hanjari::allocation
