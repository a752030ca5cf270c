#include "replanning/min_cost_flow.h"

#include <algorithm>
#include <cmath>

namespace hanjari::replanning {
namespace {

constexpr std::uint32_t nobody = std::numeric_limits<std::uint32_t>::max();
constexpr Amount endless = std::numeric_limits<std::int64_t>::max() / 4;

}  // namespace

MinCostFlow::Node MinCostFlow::add_node(Amount supply) {
  supply_.push_back(supply);
  return static_cast<Node>(supply_.size() - 1);
}

MinCostFlow::Arc MinCostFlow::add_arc(Node from, Node to, Amount capacity, Amount cost) {
  from_.push_back(from);
  to_.push_back(to);
  capacity_.push_back(capacity);
  cost_.push_back(cost);
  return static_cast<Arc>(cost_.size() - 1);
}

// Everybody's supply goes to the root and every demand comes from it, over arcs that no real way is dearer than.
void MinCostFlow::start_from_root() {
  const std::size_t count = supply_.size();
  own_arcs_ = cost_.size();
  Amount dearest = 1;
  Amount offered = 0;
  for (const Amount cost : cost_) dearest = std::max(dearest, std::abs(cost));
  const Amount forbidding = (dearest + 1) * static_cast<Amount>(std::min<std::size_t>(count, 4'096) + 1);
  const auto root = static_cast<std::uint32_t>(count);
  parent_.assign(count + 1, root);
  parent_arc_.assign(count + 1, 0);
  first_child_.assign(count + 1, nobody);
  next_.assign(count + 1, nobody);
  previous_.assign(count + 1, nobody);
  depth_.assign(count + 1, 1);
  potential_.assign(count + 1, 0);
  flow_.assign(cost_.size(), 0);
  state_.assign(cost_.size(), 1);
  depth_[root] = 0;
  parent_[root] = nobody;
  for (std::uint32_t node = 0; node < count; ++node) {
    const bool gives = supply_[node] >= 0;
    offered += supply_[node];
    parent_arc_[node] = cost_.size();
    from_.push_back(gives ? node : root);
    to_.push_back(gives ? root : node);
    capacity_.push_back(endless);
    // Demand may stay unmet for nothing; supply may not stay.
    cost_.push_back(gives && supply_[node] > 0 ? forbidding : gives ? forbidding : 0);
    flow_.push_back(std::abs(supply_[node]));
    state_.push_back(0);
    potential_[node] = gives ? -cost_.back() : cost_.back();
    hang(node, root, parent_arc_[node]);
  }
  static_cast<void>(offered);
}

void MinCostFlow::hang(std::uint32_t child, std::uint32_t parent, std::size_t arc) {
  parent_[child] = parent;
  parent_arc_[child] = arc;
  previous_[child] = nobody;
  next_[child] = first_child_[parent];
  if (next_[child] != nobody) previous_[next_[child]] = child;
  first_child_[parent] = child;
}

void MinCostFlow::cut(std::uint32_t child) {
  if (previous_[child] != nobody) {
    next_[previous_[child]] = next_[child];
  } else {
    first_child_[parent_[child]] = next_[child];
  }
  if (next_[child] != nobody) previous_[next_[child]] = previous_[child];
}

void MinCostFlow::refresh_below(std::uint32_t node) {
  stack_.assign(1, node);
  while (!stack_.empty()) {
    const std::uint32_t at = stack_.back();
    stack_.pop_back();
    const std::size_t arc = parent_arc_[at];
    const std::uint32_t above = parent_[at];
    depth_[at] = depth_[above] + 1;
    potential_[at] = from_[arc] == at ? potential_[above] - cost_[arc] : potential_[above] + cost_[arc];
    for (std::uint32_t child = first_child_[at]; child != nobody; child = next_[child]) stack_.push_back(child);
  }
}

// Block search: the worst of a block of arcs enters.
bool MinCostFlow::pivot(std::size_t& at) {
  const std::size_t arcs = cost_.size();
  const auto block = std::max<std::size_t>(static_cast<std::size_t>(std::sqrt(static_cast<double>(arcs))), 20);
  std::size_t entering = arcs;
  Amount worst = 0;
  std::size_t in_block = 0;
  for (std::size_t looked = 0; looked < arcs; ++looked) {
    const Amount gain = state_[at] * reduced(at);
    if (gain < worst) {
      worst = gain;
      entering = at;
    }
    at = at + 1 == arcs ? 0 : at + 1;
    if (++in_block == block) {
      if (entering != arcs) break;
      in_block = 0;
    }
  }
  if (entering == arcs) return false;
  push(entering);
  return true;
}

// Sends as much as possible round the cycle that the entering arc closes; the arc that ends this leaves the tree. Of
// equals the last one in the direction of the flow, seen from the top of the cycle, leaves: that keeps the tree
// strongly feasible.
void MinCostFlow::push(std::size_t entering) {
  const bool forward = state_[entering] == 1;
  const std::uint32_t first = forward ? from_[entering] : to_[entering];   // the flow comes down to it
  const std::uint32_t second = forward ? to_[entering] : from_[entering];  // and goes up from it
  std::uint32_t a = first;
  std::uint32_t b = second;
  while (a != b) {
    if (depth_[a] >= depth_[b]) {
      a = parent_[a];
    } else {
      b = parent_[b];
    }
  }
  const std::uint32_t top = a;
  Amount delta = capacity_[entering];
  std::uint32_t leaving = nobody;  // the child end of the leaving arc
  bool on_first = true;
  for (std::uint32_t node = first; node != top; node = parent_[node]) {
    const std::size_t arc = parent_arc_[node];
    const Amount room = from_[arc] == node ? flow_[arc] : capacity_[arc] - flow_[arc];  // the flow goes parent -> node
    if (room < delta) {
      delta = room;
      leaving = node;
    }
  }
  for (std::uint32_t node = second; node != top; node = parent_[node]) {
    const std::size_t arc = parent_arc_[node];
    const Amount room = from_[arc] == node ? capacity_[arc] - flow_[arc] : flow_[arc];
    if (room <= delta) {
      delta = room;
      leaving = node;
      on_first = false;
    }
  }
  if (delta > 0) {
    flow_[entering] += forward ? delta : -delta;
    for (std::uint32_t node = first; node != top; node = parent_[node]) {
      const std::size_t arc = parent_arc_[node];
      flow_[arc] += from_[arc] == node ? -delta : delta;
    }
    for (std::uint32_t node = second; node != top; node = parent_[node]) {
      const std::size_t arc = parent_arc_[node];
      flow_[arc] += from_[arc] == node ? delta : -delta;
    }
  }
  if (leaving == nobody) {  // the entering arc itself is the narrowest
    state_[entering] = static_cast<signed char>(-state_[entering]);
    return;
  }
  const std::size_t out = parent_arc_[leaving];
  state_[out] = flow_[out] == 0 ? 1 : -1;
  state_[entering] = 0;
  // The part below the leaving arc hangs anew from the entering one: turn round the way from its end to the cut.
  std::uint32_t child = on_first ? first : second;
  const std::uint32_t top_of_part = child;
  std::uint32_t parent = on_first ? second : first;
  std::size_t arc = entering;
  for (;;) {
    const std::uint32_t old_parent = parent_[child];
    const std::size_t old_arc = parent_arc_[child];
    cut(child);
    hang(child, parent, arc);
    if (child == leaving) break;
    parent = child;
    arc = old_arc;
    child = old_parent;
  }
  refresh_below(top_of_part);
}

void MinCostFlow::solve() {
  start_from_root();
  std::size_t at = 0;
  while (pivot(at)) {
  }
}

Amount MinCostFlow::cost() const {
  Amount sum = 0;
  for (std::size_t arc = 0; arc < own_arcs_; ++arc) sum += cost_[arc] * flow_[arc];
  return sum;
}

Amount MinCostFlow::stranded() const {
  Amount sum = 0;
  for (std::size_t node = 0; node < supply_.size(); ++node) {
    const std::size_t arc = own_arcs_ + node;
    if (from_[arc] == node) sum += flow_[arc];
  }
  return sum;
}

Amount MinCostFlow::dual() const {
  Amount sum = 0;
  const Amount at_root = potential_.back();
  for (std::size_t node = 0; node < supply_.size(); ++node) sum -= supply_[node] * (potential_[node] - at_root);
  for (std::size_t arc = 0; arc < own_arcs_; ++arc) sum += std::min<Amount>(0, reduced(arc)) * capacity_[arc];
  return sum;
}

}  // namespace hanjari::replanning
