// The searches of site_search.h by Boost.Graph's Dijkstra, the graph seen through iterators over its arcs as they are
// now: those in use. tools/bench allocation says how they compare with our own (site_search.cpp), their oracle.
#include <boost/graph/dijkstra_shortest_paths_no_color_map.hpp>
#include <boost/graph/graph_traits.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/iterator/transform_iterator.hpp>
#include <boost/property_map/function_property_map.hpp>

#include "allocation/site_search.h"

namespace hanjari::allocation::boost_graph {

// An arc by its number among those that leave (or, backwards, reach) a site.
struct Arc {
  std::uint32_t at = 0;
  std::uint32_t number = 0;
  bool operator==(const Arc&) const = default;
};

struct MakeArc {
  std::uint32_t at = 0;
  Arc operator()(std::uint32_t number) const { return {at, number}; }
};

// Arcs as they are, or all turned round.
struct View {
  const SiteGraph* graph = nullptr;
  bool backwards = false;
};

struct Category : boost::incidence_graph_tag, boost::vertex_list_graph_tag {};
using ArcIterator = boost::transform_iterator<MakeArc, boost::counting_iterator<std::uint32_t>, Arc, Arc>;

inline std::uint32_t out_degree(std::uint32_t site, const View& view) {
  return static_cast<std::uint32_t>(view.backwards ? view.graph->sources(site).size()
                                                   : view.graph->targets(site).size());
}
inline std::pair<ArcIterator, ArcIterator> out_edges(std::uint32_t site, const View& view) {
  const auto at = [&](std::uint32_t number) {
    return ArcIterator(boost::counting_iterator<std::uint32_t>(number), MakeArc{site});
  };
  return {at(0), at(out_degree(site, view))};
}
inline std::uint32_t source(Arc arc, const View&) {
  return arc.at;
}
inline std::uint32_t target(Arc arc, const View& view) {
  return view.backwards ? view.graph->sources(arc.at)[arc.number].from : view.graph->targets(arc.at)[arc.number];
}
inline std::size_t num_vertices(const View& view) {
  return view.graph->sites();
}
inline std::pair<boost::counting_iterator<std::uint32_t>, boost::counting_iterator<std::uint32_t>> vertices(
    const View& view) {
  using Iterator = boost::counting_iterator<std::uint32_t>;
  return {Iterator(0), Iterator(static_cast<std::uint32_t>(view.graph->sites()))};
}

}  // namespace hanjari::allocation::boost_graph

template <>
struct boost::graph_traits<hanjari::allocation::boost_graph::View> {
  using vertex_descriptor = std::uint32_t;
  using edge_descriptor = hanjari::allocation::boost_graph::Arc;
  using out_edge_iterator = hanjari::allocation::boost_graph::ArcIterator;
  using vertex_iterator = boost::counting_iterator<std::uint32_t>;
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

// Remembers how every site was reached, and ends the search where it is told to.
template <class Examine>
class Watcher : public boost::default_dijkstra_visitor {
 public:
  Watcher(std::vector<std::uint32_t>& touched, std::vector<Arc>& came, const Examine& examine)
      : touched_(&touched), came_(&came), examine_(&examine) {}
  void discover_vertex(std::uint32_t site, const View&) { touched_->push_back(site); }
  void edge_relaxed(Arc arc, const View& view) { (*came_)[target(arc, view)] = arc; }
  void examine_vertex(std::uint32_t site, const View&) {
    if ((*examine_)(site)) throw Arrived();
  }

 private:
  std::vector<std::uint32_t>* touched_;
  std::vector<Arc>* came_;
  const Examine* examine_;
};

class BoostSearch : public SiteSearch {
 public:
  explicit BoostSearch(std::size_t sites) : distance_(sites, impossible), came_(sites), predecessor_(sites) {}

  void push(const SiteGraph& graph, std::vector<Cost>& price, std::uint32_t from, const Ends& has_room,
            std::vector<Step>& path) override {
    path.clear();
    const View view{&graph, false};
    const auto weight = [&](Arc arc) {
      const Cost cost = graph.switch_costs(arc.at)[arc.number];
      return cost == impossible ? impossible : cost + price[target(arc, view)] - price[arc.at];
    };
    Cost reach = impossible;
    std::uint32_t end = from;
    search(view, from, weight, [&](std::uint32_t site) {
      if (!has_room(site)) return false;
      end = site;
      reach = distance_[site];
      return true;
    });
    for (const std::uint32_t site : touched_) {
      if (distance_[site] < reach) price[site] += reach - distance_[site];
    }
    for (std::uint32_t site = end; site != from; site = came_[site].at) {
      path.push_back({graph.switcher(came_[site].at, came_[site].number), site});
    }
    forget();
  }

  void pull(const SiteGraph& graph, std::vector<Cost>& price, std::uint32_t to, const Ends& too_many,
            std::vector<Step>& path) override {
    path.clear();
    const View view{&graph, true};
    const auto weight = [&](Arc arc) {
      const SiteGraph::InArc in = graph.sources(arc.at)[arc.number];
      const Cost cost = graph.switch_cost(in);
      return cost == impossible ? impossible : cost + price[arc.at] - price[in.from];
    };
    Cost reach = impossible;
    std::uint32_t end = to;
    search(view, to, weight, [&](std::uint32_t site) {
      if (distance_[site] >= reach) return true;
      if (site != to && too_many(site)) {
        reach = distance_[site];
        end = site;
        return true;
      }
      if (distance_[site] + price[site] < reach) {
        reach = distance_[site] + price[site];
        end = site;
      }
      return false;
    });
    for (const std::uint32_t site : touched_) {
      if (distance_[site] < reach) price[site] -= reach - distance_[site];
    }
    for (std::uint32_t site = end; site != to; site = came_[site].at) {
      const SiteGraph::InArc in = graph.sources(came_[site].at)[came_[site].number];
      path.push_back({graph.switcher(site, in.slot), came_[site].at});
    }
    forget();
  }

 private:
  template <class Weight, class Examine>
  void search(const View& view, std::uint32_t from, const Weight& weight, const Examine& examine) {
    distance_[from] = 0;
    try {
      boost::dijkstra_shortest_paths_no_color_map_no_init(
          view, from, predecessor_.data(), distance_.data(), boost::make_function_property_map<Arc>(weight),
          boost::typed_identity_property_map<std::uint32_t>(), std::less<Cost>(), boost::closed_plus<Cost>(impossible),
          impossible, Cost{0}, Watcher<Examine>(touched_, came_, examine));
    } catch (const Arrived&) {
    }
  }
  void forget() {
    for (const std::uint32_t site : touched_) distance_[site] = impossible;
    touched_.clear();
  }

  std::vector<Cost> distance_;
  std::vector<Arc> came_;
  std::vector<std::uint32_t> predecessor_;  // as Boost.Graph wants it
  std::vector<std::uint32_t> touched_;
};

}  // namespace

std::unique_ptr<SiteSearch> make_boost_site_search(std::size_t sites) {
  return std::make_unique<BoostSearch>(sites);
}

}  // namespace hanjari::allocation
