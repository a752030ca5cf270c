// The residual graph of a flow of people to places as Boost.Graph sees it: nothing is stored but the arcs out of the
// vertex that is just being left, which are read from the flow as it is now. Vertices: people, hubs, posts, and the end where every person's unit goes, idle people's directly.
#pragma once

#include <boost/graph/dijkstra_shortest_paths_no_color_map.hpp>
#include <boost/graph/graph_traits.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/iterator/transform_iterator.hpp>
#include <boost/property_map/function_property_map.hpp>

#include <cstdint>
#include <utility>

#include "staffing/problem.h"

namespace hanjari::staffing {

// An arc out of a vertex as it was listed: by its number among all that leave the vertex, where it leads, how far.
struct Way {
  std::uint32_t number = 0;
  std::uint32_t target = 0;
  Cost length = 0;
};

// An arc by its place among those that are listed now.
struct Arc {
  std::uint32_t at = 0;
  std::uint32_t number = 0;
  bool operator==(const Arc&) const = default;
};

struct MakeArc {
  std::uint32_t at = 0;
  Arc operator()(std::uint32_t number) const { return {at, number}; }
};

// Arcs: vertices(), degree(vertex), list(vertex): how many are listed, way(arc).
template <class Arcs>
struct ResidualGraph {
  const Arcs* arcs;
};

struct ResidualCategory : boost::incidence_graph_tag, boost::vertex_list_graph_tag {};
using VertexIterator = boost::counting_iterator<std::uint32_t>;
using ArcIterator = boost::transform_iterator<MakeArc, VertexIterator, Arc, Arc>;

template <class Arcs>
std::uint32_t out_degree(std::uint32_t vertex, const ResidualGraph<Arcs>& graph) {
  return graph.arcs->degree(vertex);
}
template <class Arcs>
std::pair<ArcIterator, ArcIterator> out_edges(std::uint32_t vertex, const ResidualGraph<Arcs>& graph) {
  const auto at = [&](std::uint32_t number) { return ArcIterator(VertexIterator(number), MakeArc{vertex}); };
  return {at(0), at(graph.arcs->list(vertex))};
}
template <class Arcs>
std::uint32_t source(Arc arc, const ResidualGraph<Arcs>&) {
  return arc.at;
}
template <class Arcs>
std::uint32_t target(Arc arc, const ResidualGraph<Arcs>& graph) {
  return graph.arcs->way(arc).target;
}
template <class Arcs>
std::size_t num_vertices(const ResidualGraph<Arcs>& graph) {
  return graph.arcs->vertices();
}
template <class Arcs>
std::pair<VertexIterator, VertexIterator> vertices(const ResidualGraph<Arcs>& graph) {
  return {VertexIterator(0), VertexIterator(graph.arcs->vertices())};
}

}  // namespace hanjari::staffing

template <class Arcs>
struct boost::graph_traits<hanjari::staffing::ResidualGraph<Arcs>> {
  using vertex_descriptor = std::uint32_t;
  using edge_descriptor = hanjari::staffing::Arc;
  using out_edge_iterator = hanjari::staffing::ArcIterator;
  using vertex_iterator = hanjari::staffing::VertexIterator;
  using directed_category = boost::directed_tag;
  using edge_parallel_category = boost::allow_parallel_edge_tag;
  using traversal_category = hanjari::staffing::ResidualCategory;
  using degree_size_type = std::uint32_t;
  using vertices_size_type = std::size_t;
  static vertex_descriptor null_vertex() { return UINT32_MAX; }
};
