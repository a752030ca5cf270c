#include "staffing/flow.h"

#include <algorithm>
#include <numeric>

#include "staffing/flow_search.h"

namespace hanjari::staffing {
namespace {

// So many of the nearest venues are looked at first; prices tell when that was too few.
constexpr std::size_t near_sites = 8;

}  // namespace

std::strong_ordering Levels::compare_plans(const Levels& other) const {
  if (room_unfilled != other.room_unfilled) return room_unfilled <=> other.room_unfilled;
  if (other_unfilled != other.other_unfilled) return other_unfilled <=> other.other_unfilled;
  if (changed != other.changed) return changed <=> other.changed;
  return load <=> other.load;
}

FlowSolver::FlowSolver(const Problem& problem)
    : problem_(problem),
      hub_vertex_(static_cast<std::uint32_t>(problem.people.size())),
      post_vertex_(hub_vertex_ + static_cast<std::uint32_t>(problem.hubs.size())),
      end_vertex_(post_vertex_ + static_cast<std::uint32_t>(problem.posts.size())),
      uses_(problem.people.size()),
      outlines_(problem.people.size()),
      listed_(problem.people.size()),
      lists_all_(problem.sites.size() <= near_sites + near_sites / 2),
      search_(std::make_unique<Search>(end_vertex_ + std::size_t{1})) {
  for (std::uint32_t person = 0; person < hub_vertex_; ++person) {
    const Candidate& candidate = problem.people[person];
    outlines_[person].own_cost = problem.scale.rank * candidate.rank + idle_cost(person);
    list_near_uses(person);
  }
}

FlowSolver::~FlowSolver() = default;

std::int64_t FlowSolver::work() const {
  return search_->work;
}

Cost FlowSolver::cost_of(std::uint32_t person, const Hub& hub, bool stays) const {
  const Scale& scale = problem_.scale;
  const Candidate& candidate = problem_.people[person];
  const bool changes = candidate.old_post != nowhere && !stays;
  return -(is_in_room(hub.role) ? scale.room_place : scale.other_place) + (changes ? scale.changed : Cost{0}) +
         scale.rank * candidate.rank + problem_.metres(person, hub.site);
}

Cost FlowSolver::idle_cost(std::uint32_t person) const {
  if (!problem_.keeps) return 0;
  return problem_.people[person].old_post != nowhere ? problem_.scale.changed : Cost{0};
}

void FlowSolver::list_near_uses(std::uint32_t person) {
  const Candidate& candidate = problem_.people[person];
  if (candidate.old_post != nowhere) {
    const std::uint32_t hub = problem_.posts[candidate.old_post].hub;
    add_use({post_vertex_ + candidate.old_post, {person, hub, true}, cost_of(person, problem_.hubs[hub], true)});
  }
  std::vector<std::uint32_t> near(problem_.sites.size());
  std::iota(near.begin(), near.end(), 0U);
  const auto nearer = [&](std::uint32_t a, std::uint32_t b) {
    const Metres to_a = problem_.metres(person, a);
    const Metres to_b = problem_.metres(person, b);
    return to_a != to_b ? to_a < to_b : a < b;
  };
  if (!lists_all_) {
    std::nth_element(near.begin(), near.begin() + near_sites, near.end(), nearer);
    near.resize(near_sites);
  }
  std::vector<char> is_near(problem_.sites.size(), 0);
  for (const std::uint32_t site : near) is_near[site] = 1;
  for (std::uint32_t hub = 0; hub < problem_.hubs.size(); ++hub) {
    if (is_near[problem_.hubs[hub].site] != 0) list_hub(person, hub);
  }
}

// Adds the ways of using the person on a hub, which is not listed yet.
void FlowSolver::list_hub(std::uint32_t person, std::uint32_t number) {
  const Hub& hub = problem_.hubs[number];
  if (!problem_.has_role(person, hub.role)) return;
  auto& listed = listed_[person];
  listed.insert(std::lower_bound(listed.begin(), listed.end(), number), number);
  Use use{hub_vertex_ + number, {person, number, false}, cost_of(person, hub, false)};
  if (problem_.may_fill_all(person, hub)) {
    add_use(use);
    return;
  }
  for (std::uint32_t post = hub.first_post; post < hub.first_post + hub.post_count; ++post) {
    if (!problem_.may_fill(person, post)) continue;
    use.target = post_vertex_ + post;
    add_use(use);
  }
}

void FlowSolver::add_use(const Use& use) {
  const std::uint32_t person = use.choice.person;
  const auto metres = problem_.metres(person, problem_.hubs[use.choice.hub].site);
  uses_[person].push_back(use);
  outlines_[person].glances.push_back({use.target, static_cast<std::uint32_t>(metres)});
}

void FlowSolver::weigh_places(const Flow& flow, std::vector<Cost>& worth) const {
  const auto unfilled = [&](DutyRole role) {
    return is_in_room(role) ? problem_.scale.room_place : problem_.scale.other_place;
  };
  worth.clear();
  for (const Hub& hub : problem_.hubs) worth.push_back(flow.price[worth.size()] - unfilled(hub.role));
  for (const Post& post : problem_.posts) worth.push_back(flow.price[worth.size()] - unfilled(post.role));
}

// Staying costs less than what an outline says: asked of the use itself. Only the first use of a person is one.
bool FlowSolver::may_be_stay(std::uint32_t use) const {
  return use == 0 && problem_.keeps;
}

bool FlowSolver::is_forbidden(const Flow& flow, std::uint32_t person, std::uint32_t use) const {
  return !flow.forbidden.empty() && is_forbidden(flow, uses_[person][use].choice);
}

bool FlowSolver::is_forbidden(const Flow& flow, const Choice& choice) const {
  return !flow.forbidden.empty() && std::binary_search(flow.forbidden.begin(), flow.forbidden.end(), choice);
}

Choice FlowSolver::choice_of(const Flow& flow, std::uint32_t person) const {
  return uses_[person][flow.use_of[person]].choice;
}

// When the best use of the person has a free place at no more than its price, nobody else need move.
bool FlowSolver::insert_cheaply(Flow& flow, std::uint32_t person) const {
  const auto price = [&](std::uint32_t vertex) { return flow.price[vertex - hub_vertex_]; };
  Cost least = idle_cost(person) + price(end_vertex_);
  std::uint32_t best = Flow::idle;
  for (std::uint32_t at = 0; at < uses_[person].size(); ++at) {
    const Use& use = uses_[person][at];
    const Cost cost = use.cost + price(use.target);
    if (cost >= least || is_forbidden(flow, use.choice)) continue;
    least = cost;
    best = at;
  }
  if (best == Flow::idle) {
    flow.idle_people.push_back(person);
    return true;
  }
  const std::uint32_t target = uses_[person][best].target;
  std::uint32_t first = target - post_vertex_;
  std::uint32_t end = first + 1;
  if (target < post_vertex_) {
    first = problem_.hubs[target - hub_vertex_].first_post;
    end = first + problem_.hubs[target - hub_vertex_].post_count;
  }
  for (std::uint32_t post = first; post < end; ++post) {
    if (flow.people_at[post].size() >= problem_.posts[post].need) continue;
    if (price(post_vertex_ + post) != price(end_vertex_) || price(target) != price(end_vertex_)) continue;
    flow.use_of[person] = best;
    flow.post_of[person] = post;
    flow.people_at[post].push_back(person);
    return true;
  }
  return false;
}

void FlowSolver::take_out(Flow& flow, std::uint32_t person) const {
  auto& list = flow.post_of[person] == nowhere ? flow.idle_people : flow.people_at[flow.post_of[person]];
  list.erase(std::find(list.begin(), list.end(), person));
  flow.post_of[person] = nowhere;
  flow.use_of[person] = Flow::idle;
}

// Sends the unit of a person who is nowhere to the vertex that misses one, and raises the prices.
void FlowSolver::move_along(Flow& flow, std::uint32_t person, std::uint32_t target) {
  Arcs arcs{*this, flow, person, target, 0};
  Cost least = idle_cost(person) + arcs.price(end_vertex_);
  for (const Use& use : uses_[person]) {
    if (!is_forbidden(flow, use.choice)) least = std::min(least, use.cost + arcs.price(use.target));
  }
  arcs.start_value = least;
  search_->run(arcs);
  const Cost reach = search_->distance[target];
  struct Move {
    std::uint32_t person;
    std::uint32_t use;
    std::uint32_t post;
  };
  std::vector<Move> moves;
  std::uint32_t post = nowhere;
  for (std::uint32_t at = target; at != person;) {
    if (at >= post_vertex_) post = at == end_vertex_ ? nowhere : at - post_vertex_;
    const Step came = search_->came[at];
    if (came.at < hub_vertex_) {
      const bool works = came.number < uses_[came.at].size();
      moves.push_back({came.at, works ? came.number : Flow::idle, post});
    }
    at = came.at;
  }
  for (const std::uint32_t vertex : search_->touched) {
    if (search_->distance[vertex] >= reach) continue;
    if (vertex >= hub_vertex_) {
      flow.price[vertex - hub_vertex_] += reach - search_->distance[vertex];
    } else if (!lists_all_) {
      dearer_.push_back(vertex);
    }
  }
  for (const Move& move : moves) {
    if (move.person != person) take_out(flow, move.person);
  }
  for (const Move& move : moves) {
    flow.use_of[move.person] = move.use;
    flow.post_of[move.person] = move.post;
    if (!lists_all_) dearer_.push_back(move.person);
    (move.post == nowhere ? flow.idle_people : flow.people_at[move.post]).push_back(move.person);
  }
}

// A person who is in the flow with uses that have changed: out, and in again by the shortest path to where a unit is
// missing now.
void FlowSolver::place(Flow& flow, std::uint32_t person) {
  const std::uint32_t missing = flow.post_of[person] == nowhere ? end_vertex_ : post_vertex_ + flow.post_of[person];
  take_out(flow, person);
  move_along(flow, person, missing);
}

// Lists what was not looked at so far and would be better for the person by the prices; false when nothing is.
bool FlowSolver::list_missing_uses(const Flow& flow, std::uint32_t person) {
  const Arcs arcs{*this, flow, nobody, nowhere, 0};
  const Cost value = arcs.value(person);
  bool better = false;
  for (std::uint32_t hub = 0; hub < problem_.hubs.size(); ++hub) {
    const Hub& known = problem_.hubs[hub];
    if (!problem_.has_role(person, known.role)) continue;
    if (cost_of(person, known, false) + arcs.price(hub_vertex_ + hub) >= value) continue;
    if (std::binary_search(listed_[person].begin(), listed_[person].end(), hub)) continue;
    list_hub(person, hub);
    better = true;
  }
  search_->work += static_cast<std::int64_t>(problem_.hubs.size()) / 4;
  return better;
}

// One person after the other: a use that is better by the prices is an arc of negative length, which only the person
// who is just being placed may have.
void FlowSolver::price_out(Flow& flow) {
  while (!dearer_.empty()) {
    const std::uint32_t person = dearer_.back();
    dearer_.pop_back();
    if (list_missing_uses(flow, person)) place(flow, person);
  }
}

Flow FlowSolver::solve() {
  Flow flow;
  flow.price.assign(end_vertex_ + std::size_t{1} - hub_vertex_, 0);
  flow.use_of.assign(hub_vertex_, Flow::idle);
  flow.post_of.assign(hub_vertex_, nowhere);
  flow.people_at.resize(problem_.posts.size());
  // Whoever has fewer past duties first: then hardly anybody who has been placed must go again.
  std::vector<std::uint32_t> order(hub_vertex_);
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    const Candidate& first = problem_.people[a];
    const Candidate& second = problem_.people[b];
    const bool stays = first.old_post != nowhere;
    return stays != (second.old_post != nowhere) ? stays : first.rank < second.rank;
  });
  for (const std::uint32_t person : order) {
    if (!insert_cheaply(flow, person)) move_along(flow, person, end_vertex_);
    dearer_.clear();
  }
  if (!lists_all_) dearer_ = order;
  price_out(flow);
  return flow;
}

void FlowSolver::forbid(Flow& flow, const Choice& choice) {
  flow.forbidden.insert(std::lower_bound(flow.forbidden.begin(), flow.forbidden.end(), choice), choice);
  if (flow.post_of[choice.person] == nowhere || choice_of(flow, choice.person) != choice) return;
  place(flow, choice.person);
  price_out(flow);
}

Levels FlowSolver::levels_of(const std::vector<std::uint32_t>& post_of, const std::vector<char>& stays) const {
  Levels levels;
  for (const Post& post : problem_.posts)
    (problem_.in_room(post) ? levels.room_unfilled : levels.other_unfilled) += post.need;
  levels.load.assign(problem_.duties_of_rank.size(), 0);
  for (std::uint32_t person = 0; person < hub_vertex_; ++person) {
    const Candidate& candidate = problem_.people[person];
    if (candidate.had_duty && (candidate.old_post == nowhere || stays[person] == 0)) ++levels.changed;
    if (post_of[person] == nowhere) continue;
    const Post& post = problem_.posts[post_of[person]];
    --(problem_.in_room(post) ? levels.room_unfilled : levels.other_unfilled);
    ++levels.load[levels.load.size() - 1 - candidate.rank];
    levels.travel += problem_.metres(person, problem_.hubs[post.hub].site);
  }
  return levels;
}

Levels FlowSolver::levels_of(const Flow& flow) const {
  std::vector<char> stays(hub_vertex_, 0);
  for (std::uint32_t person = 0; person < hub_vertex_; ++person)
    stays[person] = flow.post_of[person] != nowhere && choice_of(flow, person).stays ? 1 : 0;
  return levels_of(flow.post_of, stays);
}

}  // namespace hanjari::staffing
