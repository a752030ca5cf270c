// The cheapest flow through a network, in exact integers, with its proof.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace hanjari::replanning {

using Amount = std::int64_t;

constexpr Amount no_limit = std::numeric_limits<std::int32_t>::max();

// Network simplex with strongly feasible trees: never cycles, depends on the network alone. Nodes and arcs are numbered
// in the order in which they were added. Supply that cannot be delivered stays where it is and is counted as stranded;
// it costs more than any way through the network, so as little as possible is stranded.
class MinCostFlow {
 public:
  using Node = std::uint32_t;
  using Arc = std::uint32_t;

  // Supply is positive, demand negative; a demand need not be met.
  Node add_node(Amount supply = 0);
  void add_supply(Node node, Amount supply) { supply_[node] += supply; }
  // Costs of any sign; the sum of |cost| along a path has to stay below 2^61 / nodes.
  Arc add_arc(Node from, Node to, Amount capacity, Amount cost);

  void solve();

  Amount flow(Arc arc) const { return flow_[arc]; }
  // The cost of the flow without what is stranded.
  Amount cost() const;
  Amount stranded() const;
  // What one more unit at the node would cost: no arc with room for more costs less than the difference of its ends.
  Amount potential(Node node) const { return potential_[node]; }
  // The dual value computed from the potentials alone: a lower bound of cost() for networks in which nothing is
  // stranded, equal to it at the end.
  Amount dual() const;

  std::size_t nodes() const { return supply_.size(); }
  std::size_t arcs() const { return cost_.size(); }

 private:
  void start_from_root();
  bool pivot(std::size_t& at);
  void push(std::size_t entering);
  void hang(std::uint32_t child, std::uint32_t parent, std::size_t arc);
  void cut(std::uint32_t child);
  void refresh_below(std::uint32_t node);
  Amount reduced(std::size_t arc) const { return cost_[arc] + potential_[from_[arc]] - potential_[to_[arc]]; }

  std::vector<Amount> supply_;
  std::vector<std::uint32_t> from_, to_;
  std::vector<Amount> capacity_, cost_, flow_;
  std::size_t own_arcs_ = 0;  // arcs beyond are those to and from the root

  // The tree: parent, the arc to it, and the children as a list.
  std::vector<std::uint32_t> parent_, first_child_, next_, previous_, depth_;
  std::vector<std::size_t> parent_arc_;
  std::vector<Amount> potential_;
  std::vector<signed char> state_;  // 1: at zero, -1: full, 0: in the tree
  std::vector<std::uint32_t> stack_;
};

}  // namespace hanjari::replanning
