#include "staffing/flow_search.h"

#include <algorithm>

namespace hanjari::staffing {
namespace {

struct Arrived {};  // thrown to end a search: Boost.Graph knows no other way

// Remembers how every vertex was reached, and ends the search at its target.
class Watcher : public boost::default_dijkstra_visitor {
 public:
  Watcher(std::vector<std::uint32_t>& touched, std::vector<Step>& came, std::uint32_t target)
      : touched_(&touched), came_(&came), target_(target) {}
  template <class Graph>
  void discover_vertex(std::uint32_t vertex, const Graph&) {
    touched_->push_back(vertex);
  }
  template <class Graph>
  void edge_relaxed(Arc arc, const Graph& graph) {
    const Way& way = graph.arcs->way(arc);
    (*came_)[way.target] = {arc.at, way.number};
  }
  template <class Graph>
  void examine_vertex(std::uint32_t vertex, const Graph&) {
    if (vertex == target_) throw Arrived();
  }

 private:
  std::vector<std::uint32_t>* touched_;
  std::vector<Step>* came_;
  std::uint32_t target_;
};

}  // namespace

// Lists the arcs out of the vertex that is being left, in the order of their numbers, without those that bring nobody
// nearer: almost all are of this kind, and Boost.Graph would ask for the length of each of them several times.
struct FlowSolver::Leaving {
  const Arcs& arcs;
  const std::vector<Cost>& distance;
  const std::vector<Cost>& worth;
  std::vector<Way>& ways;

  std::uint32_t vertices() const { return arcs.vertices(); }
  std::uint32_t degree(std::uint32_t vertex) const { return arcs.degree(vertex); }
  const Way& way(Arc arc) const { return ways[arc.number]; }
  std::uint32_t list(std::uint32_t vertex) const {
    const FlowSolver& solver = arcs.solver;
    ways.clear();
    if (vertex < solver.hub_vertex_) {
      list_uses(vertex);
    } else if (vertex < solver.post_vertex_) {
      list_posts(vertex);
    } else if (vertex < solver.end_vertex_) {
      list_people(vertex);
    } else {
      list_end(vertex);
    }
    return static_cast<std::uint32_t>(ways.size());
  }

 private:
  bool leads_nearer(std::uint32_t vertex, std::uint32_t target, Cost length) const {
    return distance[vertex] + length < std::min(distance[target], limit(target));
  }
  // What lies no nearer than the vertex that misses a unit, as far as that is known, need not be looked at.
  Cost limit(std::uint32_t target) const {
    return target == arcs.start_target ? impossible : distance[arcs.start_target];
  }
  void add(std::uint32_t vertex, std::uint32_t number, std::uint32_t target, Cost length) const {
    if (leads_nearer(vertex, target, length)) ways.push_back({number, target, length});
  }
  // What a use costs the person beside what the place is worth and the way there, without what the person's place is worth now.
  Cost left_of(std::uint32_t person) const {
    const FlowSolver& solver = arcs.solver;
    const Outline& outline = solver.outlines_[person];
    const std::uint32_t post = arcs.flow.post_of[person];
    const std::uint32_t use = arcs.flow.use_of[person];
    if (post == nowhere || solver.may_be_stay(use)) return outline.own_cost - arcs.value(person);
    return -(worth[solver.post_vertex_ + post - solver.hub_vertex_] + outline.glances[use].metres);
  }
  void list_uses(std::uint32_t person) const {
    const FlowSolver& solver = arcs.solver;
    const Outline& outline = solver.outlines_[person];
    const auto& glances = outline.glances;
    const Cost left = left_of(person);
    const Cost value = outline.own_cost - left;
    const auto count = static_cast<std::uint32_t>(glances.size());
    for (std::uint32_t number = 0; number < count; ++number) {
      const Glance glance = glances[number];
      Cost length = left + worth[glance.target - solver.hub_vertex_] + glance.metres;
      if (solver.may_be_stay(number)) {
        const Cost cost = solver.uses_[person][number].cost;
        length = cost + arcs.price(glance.target) - value;
      }
      if (!leads_nearer(person, glance.target, length)) continue;
      if (!solver.is_forbidden(arcs.flow, person, number)) ways.push_back({number, glance.target, length});
    }
    const Cost end = solver.idle_cost(person) + arcs.price(solver.end_vertex_);
    add(person, count, solver.end_vertex_, end - value);
  }
  void list_posts(std::uint32_t vertex) const {
    const FlowSolver& solver = arcs.solver;
    const Hub& hub = solver.problem_.hubs[vertex - solver.hub_vertex_];
    for (std::uint32_t number = 0; number < hub.post_count; ++number) {
      const std::uint32_t target = solver.post_vertex_ + hub.first_post + number;
      add(vertex, number, target, arcs.price(target) - arcs.price(vertex));
    }
  }
  void list_people(std::uint32_t vertex) const {
    const FlowSolver& solver = arcs.solver;
    const std::uint32_t post = vertex - solver.post_vertex_;
    const auto& people = arcs.flow.people_at[post];
    const auto count = static_cast<std::uint32_t>(people.size());
    for (std::uint32_t number = 0; number < count; ++number) add(vertex, number, people[number], 0);
    if (count < solver.problem_.posts[post].need)
      add(vertex, count, solver.end_vertex_, arcs.price(solver.end_vertex_) - arcs.price(vertex));
  }
  void list_end(std::uint32_t vertex) const {
    const FlowSolver& solver = arcs.solver;
    const auto idle = static_cast<std::uint32_t>(arcs.flow.idle_people.size());
    for (std::uint32_t number = 0; number < idle; ++number) add(vertex, number, arcs.flow.idle_people[number], 0);
    for (std::uint32_t post = 0; post < arcs.flow.people_at.size(); ++post) {
      const std::uint32_t target = solver.post_vertex_ + post;
      const bool holds_a_unit = !arcs.flow.people_at[post].empty() || target == arcs.start_target;
      if (holds_a_unit) add(vertex, idle + post, target, arcs.price(target) - arcs.price(vertex));
    }
  }
};

void FlowSolver::Search::run(const Arcs& arcs) {
  for (const std::uint32_t vertex : touched) distance[vertex] = impossible;
  touched.clear();
  distance[arcs.start] = 0;
  arcs.solver.weigh_places(arcs.flow, worth);
  const Leaving leaving{arcs, distance, worth, ways};
  // The arcs were listed when the vertex was left; one of them may have reached the target since.
  const auto length = [&](Arc arc) {
    const Way& way = ways[arc.number];
    const bool is_nearer = way.target == arcs.start_target || way.length < distance[arcs.start_target] - distance[arc.at];
    return is_nearer ? way.length : impossible;
  };
  try {
    boost::dijkstra_shortest_paths_no_color_map_no_init(
        ResidualGraph<Leaving>{&leaving}, arcs.start, predecessor.data(), distance.data(),
        boost::make_function_property_map<Arc, Cost>(length), boost::typed_identity_property_map<std::uint32_t>(),
        std::less<Cost>(), boost::closed_plus<Cost>(impossible), impossible, Cost{0},
        Watcher(touched, came, arcs.start_target));
  } catch (const Arrived&) {
  }
  for (const std::uint32_t vertex : touched) work += arcs.degree(vertex);
}

}  // namespace hanjari::staffing
