#include "allocation/people_to_sites.h"

namespace hanjari::allocation {
namespace {

class SiteCosts : public CostRows {
 public:
  explicit SiteCosts(const Problem& problem) : problem_(problem) {}
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
  return solve_transport(problem.people(), seats, SiteCosts(problem), problem.scale.unseated, options);
}

}  // namespace hanjari::allocation
