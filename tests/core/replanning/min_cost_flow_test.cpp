// The flow against its own dual value and against shortest paths with Bellman-Ford.
#include "replanning/min_cost_flow.h"

#include <gtest/gtest.h>

#include <fmt/format.h>

#include "hanjari/base/random.h"

namespace hanjari::replanning {
namespace {

struct Edge {
  std::size_t from, to;
  Amount capacity, cost;
};

// Successive shortest paths from node 0 to the last node; the reading that nobody doubts.
Amount cheapest(std::size_t nodes, const std::vector<Edge>& edges, Amount& wanted) {
  std::vector<Edge> arcs;
  for (const Edge& edge : edges) {
    arcs.push_back(edge);
    arcs.push_back({edge.to, edge.from, 0, -edge.cost});
  }
  Amount sum = 0;
  for (; wanted > 0; --wanted) {
    std::vector<Amount> distance(nodes, INT64_MAX / 2);
    std::vector<std::size_t> came(nodes, arcs.size());
    distance[0] = 0;
    for (std::size_t pass = 0; pass < nodes; ++pass) {
      for (std::size_t arc = 0; arc < arcs.size(); ++arc) {
        if (arcs[arc].capacity == 0 || distance[arcs[arc].from] == INT64_MAX / 2) continue;
        if (distance[arcs[arc].from] + arcs[arc].cost < distance[arcs[arc].to]) {
          distance[arcs[arc].to] = distance[arcs[arc].from] + arcs[arc].cost;
          came[arcs[arc].to] = arc;
        }
      }
    }
    if (distance[nodes - 1] == INT64_MAX / 2) return sum;
    sum += distance[nodes - 1];
    for (std::size_t at = nodes - 1; at != 0; at = arcs[came[at]].from) {
      --arcs[came[at]].capacity;
      ++arcs[came[at] ^ 1].capacity;
    }
  }
  return sum;
}

TEST(MinCostFlow, CostsWhatShortestPathsAndItsOwnDualSay) {
  for (int round = 0; round < 300; ++round) {
    RandomStream stream(Seed{}, fmt::format("flow/{}", round));
    const auto nodes = static_cast<std::size_t>(3 + stream.below(7));
    std::vector<Edge> edges;
    for (std::size_t i = 0; i < nodes * 3; ++i) {
      const auto from = static_cast<std::size_t>(stream.below(nodes - 1));
      const auto to = static_cast<std::size_t>(from + 1 + stream.below(nodes - from - 1));
      // Costs of any sign on arcs that lead forwards only: no cycle of negative cost.
      edges.push_back({from, to, static_cast<Amount>(1 + stream.below(4)), static_cast<Amount>(stream.below(21)) - 6});
    }
    const auto supply = static_cast<Amount>(1 + stream.below(8));
    MinCostFlow flow;
    flow.add_node(supply);
    for (std::size_t i = 2; i < nodes; ++i) flow.add_node();
    flow.add_node(-supply);
    for (const Edge& edge : edges)
      flow.add_arc(static_cast<MinCostFlow::Node>(edge.from), static_cast<MinCostFlow::Node>(edge.to), edge.capacity,
                   edge.cost);
    flow.solve();
    Amount left = supply;
    const Amount expected = cheapest(nodes, edges, left);
    ASSERT_EQ(flow.stranded(), left) << round;
    if (left > 0) continue;
    EXPECT_EQ(flow.cost(), expected) << round;
    EXPECT_EQ(flow.dual(), expected) << round;
  }
}

}  // namespace
}  // namespace hanjari::replanning
