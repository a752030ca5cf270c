// Points on the earth in a k-d tree, each with a price: which are cheap from somewhere, without looking at all.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "allocation/cost.h"
#include "hanjari/domain/geography.h"

namespace hanjari::allocation {

class PointTree {
 public:
  explicit PointTree(std::span<const Point> points);

  // By point; zero before.
  void set_prices(std::span<const Cost> prices);

  // Calls visit(point) for every point where per_metre x distance + price could be less than or equal to below(), which
  // is asked again and again and may sink. Nearer branches first; the points in no order that matters.
  template <class Below, class Visit>
  void visit_cheap(Point from, Cost per_metre, const Below& below, const Visit& visit) const {
    if (nodes_.empty()) return;
    const Vector at = on_sphere(from);
    visit_node(0, at, per_metre, below, visit);
  }

 private:
  using Vector = std::array<double, 3>;  // on the unit sphere
  struct Node {
    Vector low{};
    Vector high{};
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
    std::uint32_t second = 0;  // the first child follows its parent; 0: a leaf
    Cost price = 0;            // the least below
  };

  static Vector on_sphere(Point point);
  // At most the rounded great-circle distance: the chord is shorter than the arc, and a metre is allowed for rounding.
  static Cost metres_of_chord(double squared_chord);
  std::uint32_t build(std::uint32_t begin, std::uint32_t end);

  Cost least_cost(const Node& node, const Vector& at, Cost per_metre) const {
    double squared = 0;
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const double outside = std::max({node.low[axis] - at[axis], 0.0, at[axis] - node.high[axis]});
      squared += outside * outside;
    }
    return per_metre * metres_of_chord(squared) + node.price;
  }

  template <class Below, class Visit>
  void visit_node(std::uint32_t number, const Vector& at, Cost per_metre, const Below& below,
                  const Visit& visit) const {
    const Node& node = nodes_[number];
    if (node.second == 0) {
      for (std::uint32_t i = node.begin; i < node.end; ++i) {
        double squared = 0;
        for (std::size_t axis = 0; axis < 3; ++axis) {
          const double difference = at[axis] - places_[i][axis];
          squared += difference * difference;
        }
        if (per_metre * metres_of_chord(squared) + price_[order_[i]] <= below()) visit(order_[i]);
      }
      return;
    }
    std::uint32_t near = number + 1;
    std::uint32_t far = node.second;
    Cost near_cost = least_cost(nodes_[near], at, per_metre);
    Cost far_cost = least_cost(nodes_[far], at, per_metre);
    if (far_cost < near_cost) {
      std::swap(near, far);
      std::swap(near_cost, far_cost);
    }
    if (near_cost <= below()) visit_node(near, at, per_metre, below, visit);
    if (far_cost <= below()) visit_node(far, at, per_metre, below, visit);
  }

  std::vector<std::uint32_t> order_;  // points by leaf
  std::vector<Vector> places_;        // in that order
  std::vector<Cost> price_;           // by point
  std::vector<Node> nodes_;
};

}  // namespace hanjari::allocation
