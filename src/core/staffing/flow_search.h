// The shortest path of one unit through the residual graph of a flow: what the flow's own steps need to know of it.
#pragma once

#include <cstdint>
#include <vector>

#include "staffing/flow.h"
#include "staffing/flow_graph.h"

namespace hanjari::staffing {

// Farther than any vertex is.
constexpr Cost impossible = Cost{1} << 125;

// How a vertex was reached: by an arc of the vertex before, by its number among all that leave it.
struct Step {
  std::uint32_t at = 0;
  std::uint32_t number = 0;
};

// The arcs that a unit of the person `start` can still go, with `target` as the vertex that misses a unit.
struct FlowSolver::Arcs {
  const FlowSolver& solver;
  const Flow& flow;
  std::uint32_t start;
  std::uint32_t start_target;
  Cost start_value;  // cost and price of the best use of the person at the start

  std::uint32_t vertices() const { return solver.end_vertex_ + 1; }
  Cost price(std::uint32_t vertex) const { return flow.price[vertex - solver.hub_vertex_]; }
  // What a person's place is worth: its cost and price.
  Cost value(std::uint32_t person) const {
    if (person == start) return start_value;
    if (flow.post_of[person] == nowhere) return solver.idle_cost(person) + price(solver.end_vertex_);
    return solver.uses_[person][flow.use_of[person]].cost + price(solver.post_vertex_ + flow.post_of[person]);
  }
  std::uint32_t degree(std::uint32_t vertex) const {
    if (vertex < solver.hub_vertex_) return static_cast<std::uint32_t>(solver.uses_[vertex].size()) + 1;
    if (vertex < solver.post_vertex_) return solver.problem_.hubs[vertex - solver.hub_vertex_].post_count;
    if (vertex < solver.end_vertex_)
      return static_cast<std::uint32_t>(flow.people_at[vertex - solver.post_vertex_].size()) + 1;
    return static_cast<std::uint32_t>(flow.idle_people.size() + flow.people_at.size());
  }
};

// Room for one search after the other.
struct FlowSolver::Search {
  std::vector<Cost> distance;
  std::vector<Step> came;
  std::vector<std::uint32_t> predecessor;  // as Boost.Graph wants it
  std::vector<std::uint32_t> touched;
  std::vector<Way> ways;    // out of the vertex that is being left
  std::vector<Cost> worth;  // by vertex from the first hub on: its price without the cost of an unfilled place
  std::int64_t work = 0;

  explicit Search(std::size_t vertices) : distance(vertices, impossible), came(vertices), predecessor(vertices) {}

  void run(const Arcs& arcs);
};

}  // namespace hanjari::staffing
