#include "allocation/sites/site_search.h"

#include <algorithm>

namespace hanjari::allocation {
namespace {

class OwnSearch : public SiteSearch {
 public:
  explicit OwnSearch(std::size_t sites) : distance_(sites, impossible), came_(sites), settled_(sites) {}

  void push(const SiteGraph& graph, std::vector<Cost>& price, std::uint32_t from, const Ends& has_room,
            std::vector<Step>& path) override {
    path.clear();
    start(from);
    Cost reach = impossible;
    std::uint32_t end = from;
    while (!queue_.empty()) {
      const auto [distance, site] = take();
      if (settled_[site]) continue;
      settled_[site] = true;
      if (has_room(site)) {
        reach = distance;
        end = site;
        break;
      }
      const auto targets = graph.targets(site);
      const auto costs = graph.switch_costs(site);
      const Cost base = distance - price[site];
      for (std::uint32_t i = 0; i < targets.size(); ++i) {
        if (costs[i] == impossible) continue;
        const std::uint32_t to = targets[i];
        const Cost there = base + costs[i] + price[to];
        if (there >= distance_[to]) continue;
        if (distance_[to] == impossible) touched_.push_back(to);
        distance_[to] = there;
        came_[to] = {site, i};
        put(there, to);
      }
    }
    for (const std::uint32_t site : touched_) {
      if (distance_[site] < reach) price[site] += reach - distance_[site];
    }
    for (std::uint32_t site = end; site != from; site = came_[site].site) {
      path.push_back({graph.switcher(came_[site].site, came_[site].slot), site});
    }
    finish();
  }

  void pull(const SiteGraph& graph, std::vector<Cost>& price, std::uint32_t to, const Ends& too_many,
            std::vector<Step>& path) override {
    path.clear();
    start(to);
    Cost reach = impossible;
    std::uint32_t end = to;
    while (!queue_.empty() && queue_.front().distance < reach) {
      const auto [distance, site] = take();
      if (settled_[site]) continue;
      settled_[site] = true;
      if (site != to && too_many(site)) {
        reach = distance;
        end = site;
        break;
      }
      if (distance + price[site] < reach) {
        reach = distance + price[site];
        end = site;
      }
      const Cost base = distance + price[site];
      for (const SiteGraph::InArc arc : graph.sources(site)) {
        const Cost cost = graph.switch_cost(arc);
        if (cost == impossible) continue;
        const Cost there = base + cost - price[arc.from];
        if (there >= distance_[arc.from] || there >= reach) continue;
        if (distance_[arc.from] == impossible) touched_.push_back(arc.from);
        distance_[arc.from] = there;
        came_[arc.from] = {site, arc.slot};
        put(there, arc.from);
      }
    }
    for (const std::uint32_t site : touched_) {
      if (distance_[site] < reach) price[site] -= reach - distance_[site];
    }
    for (std::uint32_t site = end; site != to; site = came_[site].site) {
      path.push_back({graph.switcher(site, came_[site].slot), came_[site].site});
    }
    finish();
  }

 private:
  struct Waiting {
    Cost distance;
    std::uint32_t site;
    bool operator<(const Waiting& other) const {  // smallest distance on top, then the lowest site
      return distance != other.distance ? distance > other.distance : site > other.site;
    }
  };
  struct Came {
    std::uint32_t site = 0;
    std::uint32_t slot = 0;
  };

  void start(std::uint32_t site) {
    distance_[site] = 0;
    touched_.push_back(site);
    put(0, site);
  }
  void put(Cost distance, std::uint32_t site) {
    queue_.push_back({distance, site});
    std::push_heap(queue_.begin(), queue_.end());
  }
  Waiting take() {
    const Waiting top = queue_.front();
    std::pop_heap(queue_.begin(), queue_.end());
    queue_.pop_back();
    return top;
  }
  void finish() {
    for (const std::uint32_t site : touched_) {
      distance_[site] = impossible;
      settled_[site] = false;
    }
    touched_.clear();
    queue_.clear();
  }

  std::vector<Cost> distance_;
  std::vector<Came> came_;
  std::vector<char> settled_;
  std::vector<std::uint32_t> touched_;
  std::vector<Waiting> queue_;
};

}  // namespace

std::unique_ptr<SiteSearch> make_own_site_search(std::size_t sites) {
  return std::make_unique<OwnSearch>(sites);
}

}  // namespace hanjari::allocation
