// Shortest paths over the site graph with prices as potentials.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "allocation/sites/site_graph.h"
#include "allocation/sites/transport.h"

namespace hanjari::allocation {

// One person moves to one site.
struct Step {
  std::uint32_t person;
  std::uint32_t to;
};

// Reduced costs (switch cost + price there - price here) are never negative. Both searches change the prices so that
// the path costs nothing afterwards and no reduced cost becomes negative.
class SiteSearch {
 public:
  virtual ~SiteSearch() = default;
  using Ends = std::function<bool(std::uint32_t)>;
  // From a site with too many people to the nearest one with a free seat. Always finds one: the unseated have room.
  virtual void push(const SiteGraph& graph, std::vector<Cost>& price, std::uint32_t from, const Ends& has_room,
                    std::vector<Step>& path) = 0;
  // To a site with free seats and a price: from the nearest site with too many people, or from one that gives a person
  // and takes an empty seat for its price. Empty path: the price of the site itself went down to zero.
  virtual void pull(const SiteGraph& graph, std::vector<Cost>& price, std::uint32_t to, const Ends& too_many,
                    std::vector<Step>& path) = 0;
};

// By Boost.Graph, in use; and our own, the oracle of the other in tests.
std::unique_ptr<SiteSearch> make_boost_site_search(std::size_t sites);
std::unique_ptr<SiteSearch> make_own_site_search(std::size_t sites);

}  // namespace hanjari::allocation
