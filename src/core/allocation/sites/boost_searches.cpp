// The searches of site_search.h, class_search.h and room_search.h by Boost.Graph's Dijkstra, each graph seen through
// iterators over its arcs as they are now. tools/bench allocation says how they compare with our own.
#include <boost/graph/dijkstra_shortest_paths_no_color_map.hpp>
#include <boost/graph/graph_traits.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/iterator/transform_iterator.hpp>
#include <boost/property_map/function_property_map.hpp>

#include <algorithm>

#include "allocation/rooms/room_search.h"
#include "allocation/sites/class_search.h"
#include "allocation/sites/site_search.h"

namespace hanjari::allocation::boost_graph {

// An arc by its number among those that leave a vertex.
struct Arc {
  std::uint32_t at = 0;
  std::uint32_t number = 0;
  bool operator==(const Arc&) const = default;
};

struct MakeArc {
  std::uint32_t at = 0;
  Arc operator()(std::uint32_t number) const { return {at, number}; }
};

// Arcs: vertices(), degree(vertex), target(arc) and weight(arc), `impossible` for an arc that cannot be used.
template <class Arcs>
struct View {
  const Arcs* arcs;
};

struct Category : boost::incidence_graph_tag, boost::vertex_list_graph_tag {};
using VertexIterator = boost::counting_iterator<std::uint32_t>;
using ArcIterator = boost::transform_iterator<MakeArc, VertexIterator, Arc, Arc>;

template <class Arcs>
std::uint32_t out_degree(std::uint32_t vertex, const View<Arcs>& view) {
  return view.arcs->degree(vertex);
}
template <class Arcs>
std::pair<ArcIterator, ArcIterator> out_edges(std::uint32_t vertex, const View<Arcs>& view) {
  const auto at = [&](std::uint32_t number) { return ArcIterator(VertexIterator(number), MakeArc{vertex}); };
  return {at(0), at(out_degree(vertex, view))};
}
template <class Arcs>
std::uint32_t source(Arc arc, const View<Arcs>&) {
  return arc.at;
}
template <class Arcs>
std::uint32_t target(Arc arc, const View<Arcs>& view) {
  return view.arcs->target(arc);
}
template <class Arcs>
std::size_t num_vertices(const View<Arcs>& view) {
  return view.arcs->vertices();
}
template <class Arcs>
std::pair<VertexIterator, VertexIterator> vertices(const View<Arcs>& view) {
  return {VertexIterator(0), VertexIterator(view.arcs->vertices())};
}

}  // namespace hanjari::allocation::boost_graph

template <class Arcs>
struct boost::graph_traits<hanjari::allocation::boost_graph::View<Arcs>> {
  using vertex_descriptor = std::uint32_t;
  using edge_descriptor = hanjari::allocation::boost_graph::Arc;
  using out_edge_iterator = hanjari::allocation::boost_graph::ArcIterator;
  using vertex_iterator = hanjari::allocation::boost_graph::VertexIterator;
  using directed_category = boost::directed_tag;
  using edge_parallel_category = boost::allow_parallel_edge_tag;
  using traversal_category = hanjari::allocation::boost_graph::Category;
  using degree_size_type = std::uint32_t;
  using vertices_size_type = std::size_t;
  static vertex_descriptor null_vertex() { return UINT32_MAX; }
};

namespace hanjari::allocation {
namespace {

using boost_graph::Arc;
using boost_graph::View;

struct Arrived {};  // thrown to end a search: Boost.Graph knows no other way

// Remembers how every vertex was reached, and ends the search where it is told to.
template <class Examine>
class Watcher : public boost::default_dijkstra_visitor {
 public:
  Watcher(std::vector<std::uint32_t>& touched, std::vector<Arc>& came, const Examine& examine)
      : touched_(&touched), came_(&came), examine_(&examine) {}
  template <class Graph>
  void discover_vertex(std::uint32_t vertex, const Graph&) {
    touched_->push_back(vertex);
  }
  template <class Graph>
  void edge_relaxed(Arc arc, const Graph& view) {
    (*came_)[target(arc, view)] = arc;
  }
  template <class Graph>
  void examine_vertex(std::uint32_t vertex, const Graph&) {
    if ((*examine_)(vertex)) throw Arrived();
  }

 private:
  std::vector<std::uint32_t>* touched_;
  std::vector<Arc>* came_;
  const Examine* examine_;
};

// One search after the other over graphs with the same vertices.
class Dijkstra {
 public:
  explicit Dijkstra(std::size_t vertices) : distance_(vertices, impossible), came_(vertices), predecessor_(vertices) {}

  // Until `examine`, which sees the vertices by their distance, says so.
  template <class Arcs, class Examine>
  void run(const Arcs& arcs, std::uint32_t from, const Examine& examine) {
    for (const std::uint32_t vertex : touched_) distance_[vertex] = impossible;
    touched_.clear();
    distance_[from] = 0;
    const auto weight = [&arcs](Arc arc) { return arcs.weight(arc); };
    try {
      boost::dijkstra_shortest_paths_no_color_map_no_init(
          View<Arcs>{&arcs}, from, predecessor_.data(), distance_.data(),
          boost::make_function_property_map<Arc>(weight), boost::typed_identity_property_map<std::uint32_t>(),
          std::less<Cost>(), boost::closed_plus<Cost>(impossible), impossible, Cost{0},
          Watcher<Examine>(touched_, came_, examine));
    } catch (const Arrived&) {
    }
  }
  Cost distance(std::size_t vertex) const { return distance_[vertex]; }
  const std::vector<Cost>& distances() const { return distance_; }
  Arc came(std::size_t vertex) const { return came_[vertex]; }
  // Every vertex with a distance.
  const std::vector<std::uint32_t>& touched() const { return touched_; }

 private:
  std::vector<Cost> distance_;
  std::vector<Arc> came_;
  std::vector<std::uint32_t> predecessor_;  // as Boost.Graph wants it
  std::vector<std::uint32_t> touched_;
};

class BoostSiteSearch : public SiteSearch {
 public:
  explicit BoostSiteSearch(std::size_t sites) : search_(sites) {}

  void push(const SiteGraph& graph, std::vector<Cost>& price, std::uint32_t from, const Ends& has_room,
            std::vector<Step>& path) override {
    path.clear();
    Cost reach = impossible;
    std::uint32_t end = from;
    search_.run(Forwards{graph, price}, from, [&](std::uint32_t site) {
      if (!has_room(site)) return false;
      end = site;
      reach = search_.distance(site);
      return true;
    });
    for (const std::uint32_t site : search_.touched()) {
      price[site] += std::max<Cost>(0, reach - search_.distance(site));
    }
    for (std::uint32_t site = end; site != from; site = search_.came(site).at) {
      path.push_back({graph.switcher(search_.came(site).at, search_.came(site).number), site});
    }
  }

  void pull(const SiteGraph& graph, std::vector<Cost>& price, std::uint32_t to, const Ends& too_many,
            std::vector<Step>& path) override {
    path.clear();
    Cost reach = impossible;
    std::uint32_t end = to;
    search_.run(Backwards{graph, price}, to, [&](std::uint32_t site) {
      const Cost distance = search_.distance(site);
      if (distance >= reach) return true;
      if (site != to && too_many(site)) {
        reach = distance;
        end = site;
        return true;
      }
      if (distance + price[site] < reach) {
        reach = distance + price[site];
        end = site;
      }
      return false;
    });
    for (const std::uint32_t site : search_.touched()) {
      price[site] -= std::max<Cost>(0, reach - search_.distance(site));
    }
    for (std::uint32_t site = end; site != to; site = search_.came(site).at) {
      const Arc came = search_.came(site);
      path.push_back({graph.switcher(site, graph.sources(came.at)[came.number].slot), came.at});
    }
  }

 private:
  struct Forwards {
    const SiteGraph& graph;
    const std::vector<Cost>& price;
    std::uint32_t vertices() const { return static_cast<std::uint32_t>(graph.sites()); }
    std::uint32_t degree(std::uint32_t site) const { return static_cast<std::uint32_t>(graph.targets(site).size()); }
    std::uint32_t target(Arc arc) const { return graph.targets(arc.at)[arc.number]; }
    Cost weight(Arc arc) const {
      const Cost cost = graph.switch_costs(arc.at)[arc.number];
      return cost == impossible ? impossible : cost + price[target(arc)] - price[arc.at];
    }
  };
  struct Backwards {
    const SiteGraph& graph;
    const std::vector<Cost>& price;
    std::uint32_t vertices() const { return static_cast<std::uint32_t>(graph.sites()); }
    std::uint32_t degree(std::uint32_t site) const { return static_cast<std::uint32_t>(graph.sources(site).size()); }
    std::uint32_t target(Arc arc) const { return graph.sources(arc.at)[arc.number].from; }
    Cost weight(Arc arc) const {
      const Cost cost = graph.switch_cost(graph.sources(arc.at)[arc.number]);
      return cost == impossible ? impossible : cost + price[arc.at] - price[target(arc)];
    }
  };

  Dijkstra search_;
};

class BoostClassSearch : public ClassSearch {
 public:
  explicit BoostClassSearch(std::size_t places) : search_(places) {}

  Path push(const SwitchGraph& graph, std::uint32_t from) override {
    Path path{.end = from};
    search_.run(Forwards{graph}, from, [&](std::uint32_t at) {
      path = {.reached = search_.distance(at), .end = at};
      return graph.free[at] > 0 || at + 1 == graph.places;
    });
    return path;
  }

  Path pull(const SwitchGraph& graph, std::uint32_t to) override {
    Path path{.end = to};
    search_.run(Backwards{graph}, to, [&](std::uint32_t at) {
      const Cost distance = search_.distance(at);
      if (distance >= path.reached) return true;
      if (at != to && graph.free[at] < 0) {
        path = {.reached = distance, .end = at};
        return true;
      }
      if (distance + graph.price[at] < path.reached) path = {.reached = distance + graph.price[at], .end = at};
      return false;
    });
    return path;
  }

  const std::vector<Cost>& distance() const override { return search_.distances(); }
  std::uint32_t came(std::size_t place) const override { return search_.came(place).at; }

 private:
  struct Forwards {
    const SwitchGraph& graph;
    std::uint32_t vertices() const { return static_cast<std::uint32_t>(graph.places); }
    std::uint32_t degree(std::uint32_t) const { return vertices(); }
    std::uint32_t target(Arc arc) const { return arc.number; }
    Cost weight(Arc arc) const {
      return graph.has_switch(arc.at, arc.number) ? graph.reduced(arc.at, arc.number) : impossible;
    }
  };
  struct Backwards {
    const SwitchGraph& graph;
    std::uint32_t vertices() const { return static_cast<std::uint32_t>(graph.places); }
    std::uint32_t degree(std::uint32_t) const { return vertices(); }
    std::uint32_t target(Arc arc) const { return arc.number; }
    Cost weight(Arc arc) const {
      return graph.has_switch(arc.number, arc.at) ? graph.reduced(arc.number, arc.at) : impossible;
    }
  };

  Dijkstra search_;
};

class BoostRoomSearch : public RoomSearch {
 public:
  explicit BoostRoomSearch(std::size_t nodes) : search_(nodes) {}

  Path nearest_room(const RoomChains& chains, std::uint32_t people_class) override {
    Path path;
    search_.run(Arcs{chains}, people_class, [&](std::uint32_t node) {
      const Cost distance = search_.distance(node);
      if (distance >= path.reached) return true;
      const Cost whole = chains.has_free_room(node) ? distance + chains.to_end(node) : impossible;
      if (whole < path.reached) path = {.reached = whole, .end = node};
      return false;
    });
    return path;
  }

  const std::vector<Cost>& distance() const override { return search_.distances(); }
  std::uint32_t came(std::size_t node) const override { return search_.came(node).at; }

 private:
  struct Arcs {
    const RoomChains& chains;
    std::uint32_t vertices() const { return static_cast<std::uint32_t>(chains.nodes()); }
    std::uint32_t degree(std::uint32_t node) const { return static_cast<std::uint32_t>(chains.next(node).size()); }
    std::uint32_t target(Arc arc) const { return chains.node_of(arc.at, chains.next(arc.at)[arc.number]); }
    Cost weight(Arc arc) const { return chains.reduced(arc.at, target(arc)); }
  };

  Dijkstra search_;
};

}  // namespace

std::unique_ptr<SiteSearch> make_boost_site_search(std::size_t sites) {
  return std::make_unique<BoostSiteSearch>(sites);
}

std::unique_ptr<ClassSearch> make_boost_class_search(std::size_t places) {
  return std::make_unique<BoostClassSearch>(places);
}

std::unique_ptr<RoomSearch> make_boost_room_search(std::size_t nodes) {
  return std::make_unique<BoostRoomSearch>(nodes);
}

}  // namespace hanjari::allocation
