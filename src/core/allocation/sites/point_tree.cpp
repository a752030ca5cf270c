#include "allocation/sites/point_tree.h"

#include <cmath>
#include <numeric>

namespace hanjari::allocation {
namespace {

constexpr std::uint32_t points_of_a_leaf = 8;
constexpr double earth_radius_m = 6371008.8;  // that of haversine_m

}  // namespace

PointTree::Vector PointTree::on_sphere(Point point) {
  constexpr double radians = 3.14159265358979323846 / 180.0;
  const double lat = point.lat * radians;
  const double lon = point.lon * radians;
  return {std::cos(lat) * std::cos(lon), std::cos(lat) * std::sin(lon), std::sin(lat)};
}

Cost PointTree::metres_of_chord(double squared_chord) {
  return std::max<Cost>(0, static_cast<Cost>(earth_radius_m * std::sqrt(squared_chord)) - 1);
}

PointTree::PointTree(std::span<const Point> points) : order_(points.size()), price_(points.size()) {
  std::iota(order_.begin(), order_.end(), 0);
  std::vector<Vector> by_point;
  by_point.reserve(points.size());
  for (const Point& point : points) by_point.push_back(on_sphere(point));
  places_ = std::move(by_point);  // by point while the tree is built
  if (!order_.empty()) build(0, static_cast<std::uint32_t>(order_.size()));
  std::vector<Vector> by_order;
  by_order.reserve(order_.size());
  for (const std::uint32_t point : order_) by_order.push_back(places_[point]);
  places_ = std::move(by_order);
}

std::uint32_t PointTree::build(std::uint32_t begin, std::uint32_t end) {
  const auto number = static_cast<std::uint32_t>(nodes_.size());
  nodes_.push_back({});
  Node node{.begin = begin, .end = end};
  node.low = node.high = places_[order_[begin]];
  for (std::uint32_t i = begin; i < end; ++i) {
    for (std::size_t axis = 0; axis < 3; ++axis) {
      node.low[axis] = std::min(node.low[axis], places_[order_[i]][axis]);
      node.high[axis] = std::max(node.high[axis], places_[order_[i]][axis]);
    }
  }
  if (end - begin > points_of_a_leaf) {
    std::size_t widest = 0;
    for (std::size_t axis = 1; axis < 3; ++axis) {
      if (node.high[axis] - node.low[axis] > node.high[widest] - node.low[widest]) widest = axis;
    }
    const std::uint32_t middle = begin + (end - begin) / 2;
    std::nth_element(
        order_.begin() + begin, order_.begin() + middle, order_.begin() + end, [&](std::uint32_t a, std::uint32_t b) {
          return places_[a][widest] != places_[b][widest] ? places_[a][widest] < places_[b][widest] : a < b;
        });
    build(begin, middle);
    node.second = build(middle, end);
  }
  nodes_[number] = node;
  return number;
}

void PointTree::set_prices(std::span<const Cost> prices) {
  std::copy(prices.begin(), prices.begin() + static_cast<std::ptrdiff_t>(price_.size()), price_.begin());
  for (std::size_t number = nodes_.size(); number-- > 0;) {  // children come after their parents
    Node& node = nodes_[number];
    if (node.second != 0) {
      node.price = std::min(nodes_[number + 1].price, nodes_[node.second].price);
      continue;
    }
    node.price = impossible;
    for (std::uint32_t i = node.begin; i < node.end; ++i) node.price = std::min(node.price, price_[order_[i]]);
  }
}

}  // namespace hanjari::allocation
