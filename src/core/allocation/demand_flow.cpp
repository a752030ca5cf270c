#include "allocation/demand_flow.h"

#include <algorithm>

#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wpedantic"
#endif
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/push_relabel_max_flow.hpp>
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

namespace hanjari::allocation {
namespace {

using Traits = boost::adjacency_list_traits<boost::vecS, boost::vecS, boost::directedS>;
using FlowGraph = boost::adjacency_list<
    boost::vecS, boost::vecS, boost::directedS, boost::no_property,
    boost::property<boost::edge_capacity_t, std::int64_t,
                    boost::property<boost::edge_residual_capacity_t, std::int64_t,
                                    boost::property<boost::edge_reverse_t, Traits::edge_descriptor>>>>;

void add_arc(FlowGraph& graph, std::size_t from, std::size_t to, std::int64_t capacity) {
  const auto forth = boost::add_edge(from, to, graph).first;
  const auto back = boost::add_edge(to, from, graph).first;
  boost::put(boost::edge_capacity, graph, forth, capacity);
  boost::put(boost::edge_capacity, graph, back, 0);
  boost::put(boost::edge_reverse, graph, forth, back);
  boost::put(boost::edge_reverse, graph, back, forth);
}

}  // namespace

std::vector<std::uint32_t> find_unmet_demands(const std::vector<FlowDemand>& demands,
                                              const std::vector<std::int64_t>& supplies) {
  // One demand that is too much by itself says most; of several the one that lacks most.
  std::vector<std::uint32_t> unmet;
  std::int64_t worst = 0;
  std::int64_t wanted = 0;
  for (std::uint32_t i = 0; i < demands.size(); ++i) {
    std::int64_t there = 0;
    for (const std::uint32_t supplier : demands[i].suppliers) there += supplies[supplier];
    wanted += demands[i].amount;
    if (demands[i].amount - there > worst) {
      worst = demands[i].amount - there;
      unmet = {i};
    }
  }
  if (!unmet.empty() || wanted == 0) return unmet;

  const std::size_t source = demands.size() + supplies.size();
  const std::size_t sink = source + 1;
  FlowGraph graph(sink + 1);
  for (std::size_t i = 0; i < demands.size(); ++i) {
    add_arc(graph, source, i, demands[i].amount);
    for (const std::uint32_t supplier : demands[i].suppliers) {
      add_arc(graph, i, demands.size() + supplier, demands[i].amount);
    }
  }
  for (std::size_t i = 0; i < supplies.size(); ++i) add_arc(graph, demands.size() + i, sink, supplies[i]);
  if (boost::push_relabel_max_flow(graph, source, sink) == wanted) return unmet;

  // The source's side of the cut.
  std::vector<char> reached(sink + 1);
  std::vector<std::size_t> waiting{source};
  reached[source] = 1;
  while (!waiting.empty()) {
    const std::size_t at = waiting.back();
    waiting.pop_back();
    for (const auto& edge : boost::make_iterator_range(boost::out_edges(at, graph))) {
      const std::size_t to = boost::target(edge, graph);
      if (reached[to] || boost::get(boost::edge_residual_capacity, graph, edge) == 0) continue;
      reached[to] = 1;
      waiting.push_back(to);
    }
  }
  for (std::uint32_t i = 0; i < demands.size(); ++i) {
    if (reached[i]) unmet.push_back(i);
  }
  return unmet;
}

}  // namespace hanjari::allocation
