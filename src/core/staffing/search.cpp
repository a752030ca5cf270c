#include "staffing/search.h"

#include <algorithm>
#include <set>

namespace hanjari::staffing {
namespace {

constexpr std::int64_t rooming_steps = 200'000;
constexpr std::int64_t bytes_for_a_step = 2;

// Where nobody may meet anybody (a whole list of one organisation), flows are short and nodes many: what counts then is the
// memory of the nodes and the time that it takes to fill it. Bytes, about.
std::int64_t size_of(const Flow& flow) {
  constexpr std::size_t list = 56;  // a list of few people and its place among the lists
  const std::size_t size = flow.price.size() * sizeof(Cost) + (flow.use_of.size() + flow.post_of.size() + flow.idle_people.size()) * sizeof(std::uint32_t) +
                           flow.people_at.size() * list + 2 * flow.forbidden.size() * sizeof(Choice);
  return static_cast<std::int64_t>(size);
}

}  // namespace

// The rooming of a venue, kept for the branches in which the venue's people are the same.
struct Search::VenueRooming {
  std::vector<RoomPerson> people;
  Rooming rooming;

  bool is_of(const std::vector<RoomPerson>& others) const {
    return people.size() == others.size() &&
           std::equal(people.begin(), people.end(), others.begin(),
                      [](const RoomPerson& a, const RoomPerson& b) { return a.is_as(b); });
  }
};

struct Search::Node {
  Flow flow;
  Levels levels;
  std::vector<std::shared_ptr<const VenueRooming>> rooms;  // by site
  std::int64_t pairs = 0;                                  // of the venues that can be roomed
  std::vector<std::uint32_t> failing;                      // sites that cannot be roomed within the pairs allowed
  bool proven = true;                                      // that they cannot
  std::size_t depth = 0;
  std::int64_t number = 0;
};

struct Search::Run {
  struct ByLevels {
    bool operator()(const std::unique_ptr<Node>& a, const std::unique_ptr<Node>& b) const {
      if (a->levels < b->levels) return true;
      if (b->levels < a->levels) return false;
      return a->depth != b->depth ? a->depth > b->depth : a->number < b->number;
    }
  };
  Goal goal;
  Outcome outcome;
  std::vector<std::unique_ptr<Node>> dive;         // before there is a solution: depth first
  std::set<std::unique_ptr<Node>, ByLevels> open;  // afterwards: the least levels first
  std::set<std::vector<Choice>> seen;              // sets of forbidden choices
  std::optional<Levels> unfinished;                // the least levels of a node given up
  std::int64_t numbers = 0;

  bool can_improve(const Levels& levels) const {
    if (goal.exactly != nullptr && levels.compare_plans(*goal.exactly) > 0) return false;
    if (!outcome.best) return true;
    if (!goal.with_travel) return levels.compare_plans(outcome.best->levels) < 0;
    return levels < outcome.best->levels;
  }
  void give_up(const Levels& levels) {
    if (!can_improve(levels)) return;
    if (!unfinished || levels < *unfinished) unfinished = levels;
  }
};

Search::Search(const Problem& problem, std::int64_t work)
    : problem_(problem), most_work_(work), solver_(problem), rooming_(problem), root_(solver_.solve()) {
  root_levels_ = solver_.levels_of(root_);
}

Search::~Search() = default;

std::int64_t Search::pairs_of(const std::vector<std::uint32_t>& post_of) const {
  std::int64_t pairs = 0;
  for (std::uint32_t person = 0; person < post_of.size(); ++person) {
    if (post_of[person] == nowhere || !problem_.in_room(problem_.posts[post_of[person]])) continue;
    for (const std::uint32_t other : problem_.people[person].before) {
      if (other < person || post_of[other] == nowhere) continue;
      if (problem_.posts[post_of[other]].room == problem_.posts[post_of[person]].room) ++pairs;
    }
  }
  return pairs;
}

Levels Search::levels_of(const std::vector<std::uint32_t>& post_of) const {
  std::vector<char> stays(post_of.size(), 0);
  for (std::uint32_t person = 0; person < post_of.size(); ++person) {
    stays[person] = post_of[person] != nowhere && post_of[person] == problem_.people[person].old_post ? 1 : 0;
  }
  return solver_.levels_of(post_of, stays);
}

std::vector<std::vector<RoomPerson>> Search::people_by_site(const Flow& flow) const {
  std::vector<std::vector<RoomPerson>> people(problem_.sites.size());
  for (std::uint32_t person = 0; person < flow.post_of.size(); ++person) {
    const std::uint32_t post = flow.post_of[person];
    if (post == nowhere || !problem_.in_room(problem_.posts[post])) continue;
    const Choice choice = solver_.choice_of(flow, person);
    people[problem_.hubs[choice.hub].site].push_back({person, choice.hub, post, choice.stays});
  }
  return people;
}

void Search::room_venues(Node& node, std::int64_t most_pairs) {
  std::vector<std::vector<RoomPerson>> people = people_by_site(node.flow);
  node.rooms.resize(people.size());
  for (std::uint32_t site = 0; site < people.size(); ++site) {
    if (!node.rooms[site] || !node.rooms[site]->is_of(people[site])) {
      auto rooms = std::make_shared<VenueRooming>();
      rooms->rooming = rooming_.solve(people[site], most_pairs, rooming_steps);
      rooms->people = std::move(people[site]);
      node.rooms[site] = std::move(rooms);
    }
    const Rooming& rooming = node.rooms[site]->rooming;
    if (rooming.possible) {
      node.pairs += rooming.pairs;
      if (!rooming.proven && rooming.pairs > 0) node.proven = false;
    } else {
      node.failing.push_back(site);
      if (!rooming.proven) node.proven = false;
    }
  }
}

// Two people of one venue who may not both be there, where conflicts reach so far.
std::vector<Choice> Search::find_meeting_in_venue(const Node& node) const {
  if (!problem_.never_reaches_venue) return {};
  const Flow& flow = node.flow;
  for (std::uint32_t person = 0; person < flow.post_of.size(); ++person) {
    if (flow.post_of[person] == nowhere) continue;
    const Choice choice = solver_.choice_of(flow, person);
    for (const std::uint32_t other : problem_.people[person].never) {
      if (other < person || flow.post_of[other] == nowhere) continue;
      const Choice with = solver_.choice_of(flow, other);
      if (problem_.hubs[with.hub].site == problem_.hubs[choice.hub].site) return {choice, with};
    }
  }
  return {};
}

// Leaves out one person after the other as long as the rest still cannot be roomed.
std::vector<Choice> Search::smallest_failing_group(const Node& node, std::int64_t most_pairs) {
  std::vector<std::uint32_t> sites = node.failing;
  if (!sites.empty()) sites.resize(1);
  if (sites.empty()) {
    for (std::uint32_t site = 0; site < node.rooms.size(); ++site) {
      if (node.rooms[site]->rooming.pairs > 0) sites.push_back(site);
    }
  }
  std::vector<std::vector<RoomPerson>> group;
  std::vector<std::int64_t> pairs;
  std::int64_t sum = 0;
  for (const std::uint32_t site : sites) {
    group.push_back(node.rooms[site]->people);
    pairs.push_back(node.rooms[site]->rooming.pairs);
    sum += pairs.back();
  }
  for (std::size_t at = 0; at < group.size(); ++at) {
    for (std::size_t person = group[at].size(); person-- > 0;) {
      std::vector<RoomPerson> fewer = group[at];
      fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(person));
      const Rooming rooming = rooming_.solve(fewer, most_pairs, rooming_steps);
      const bool still_fails = rooming.proven && (!rooming.possible || sum - pairs[at] + rooming.pairs > most_pairs);
      if (!still_fails) continue;
      group[at] = std::move(fewer);
      if (!rooming.possible) continue;
      sum += rooming.pairs - pairs[at];
      pairs[at] = rooming.pairs;
    }
  }
  std::vector<Choice> choices;
  for (const auto& people : group) {
    for (const RoomPerson& person : people) choices.push_back({person.person, person.hub, person.stays});
  }
  return choices;
}

// Where the search for rooms was too long to prove anything: the people of the venue with the most reasons not to meet
// others there.
std::vector<Choice> Search::guess_choices(const Node& node) const {
  std::vector<std::pair<std::int64_t, Choice>> reasons;
  for (std::uint32_t site = 0; site < node.rooms.size(); ++site) {
    const VenueRooming& rooms = *node.rooms[site];
    if (rooms.rooming.possible && rooms.rooming.pairs == 0) continue;
    for (const RoomPerson& person : rooms.people) {
      std::int64_t count = 0;
      for (const RoomPerson& other : rooms.people) {
        const auto& before = problem_.people[person.person].before;
        if (other.person == person.person) continue;
        if (rooming_.may_not_meet(person.person, other.person)) count += 4;
        if (std::binary_search(before.begin(), before.end(), other.person)) count += 1;
      }
      if (count > 0) reasons.emplace_back(-count, Choice{person.person, person.hub, person.stays});
    }
  }
  std::sort(reasons.begin(), reasons.end());
  if (reasons.size() > 3) reasons.resize(3);
  std::vector<Choice> choices;
  for (const auto& [count, choice] : reasons) choices.push_back(choice);
  return choices;
}

// Choices of which at least one must be given up; none: the node is a solution.
std::vector<Choice> Search::choices_to_forbid(Node& node, std::int64_t most_pairs) {
  std::vector<Choice> choices = find_meeting_in_venue(node);
  if (!choices.empty()) return choices;
  room_venues(node, most_pairs);
  if (node.failing.empty() && node.pairs <= most_pairs) return {};
  return node.proven ? smallest_failing_group(node, most_pairs) : guess_choices(node);
}

Solution Search::solution_of(const Node& node) const {
  Solution solution{node.flow.post_of, 0, {}};
  for (const auto& rooms : node.rooms) {
    for (std::size_t at = 0; at < rooms->people.size(); ++at)
      solution.post_of[rooms->people[at].person] = rooms->rooming.post_of[at];
  }
  solution.pairs = pairs_of(solution.post_of);
  solution.levels = levels_of(solution.post_of);
  return solution;
}

void Search::branch(Run& run, Node& node) {
  const std::vector<Choice> choices = choices_to_forbid(node, run.goal.most_pairs);
  if (choices.empty()) {
    Solution solution = solution_of(node);
    if (run.can_improve(solution.levels)) run.outcome.best = std::move(solution);
    return;
  }
  if (!node.proven) run.give_up(node.levels);
  std::vector<std::unique_ptr<Node>> children;
  for (const Choice& choice : choices) {
    std::vector<Choice> forbidden = node.flow.forbidden;
    forbidden.insert(std::lower_bound(forbidden.begin(), forbidden.end(), choice), choice);
    if (!run.seen.insert(std::move(forbidden)).second) continue;
    auto child = std::make_unique<Node>();
    child->flow = node.flow;
    child->rooms = node.rooms;
    child->depth = node.depth + 1;
    child->number = ++run.numbers;
    keeping_ += size_of(child->flow) / bytes_for_a_step;
    solver_.forbid(child->flow, choice);
    child->levels = solver_.levels_of(child->flow);
    if (run.can_improve(child->levels)) children.push_back(std::move(child));
  }
  // The least is taken first.
  std::stable_sort(children.begin(), children.end(),
                   [](const auto& a, const auto& b) { return b->levels < a->levels; });
  for (auto& child : children) {
    if (run.outcome.best) {
      run.open.insert(std::move(child));
    } else {
      run.dive.push_back(std::move(child));
    }
  }
}

void Search::visit(Run& run, std::unique_ptr<Node> node) {
  if (!run.can_improve(node->levels)) return;
  // Without a solution the dive goes on: it ends, because every step forbids one more choice.
  if (work() > most_work_ && run.outcome.best) {
    run.give_up(node->levels);
    return;
  }
  branch(run, *node);
}

Outcome Search::run(const Goal& goal) {
  Run run;
  run.goal = goal;
  if (goal.known != nullptr) run.outcome.best = *goal.known;
  auto first = std::make_unique<Node>();
  first->flow = root_;
  first->levels = root_levels_;
  run.dive.push_back(std::move(first));
  const std::int64_t work_before = work();
  while (!run.dive.empty() || !run.open.empty()) {
    if (run.dive.empty()) {
      visit(run, std::move(run.open.extract(run.open.begin()).value()));
      continue;
    }
    std::unique_ptr<Node> node = std::move(run.dive.back());
    run.dive.pop_back();
    // A dive towards exact levels may find nothing for very long.
    if (goal.exactly != nullptr && work() > most_work_ && work() > work_before) {
      run.give_up(node->levels);
      continue;
    }
    visit(run, std::move(node));
    if (!run.outcome.best) continue;
    for (auto& waiting : run.dive) run.open.insert(std::move(waiting));
    run.dive.clear();
  }
  run.outcome.bound = run.unfinished;
  if (run.unfinished && run.outcome.best && !run.can_improve(*run.unfinished)) run.outcome.bound.reset();
  run.outcome.proven = !run.outcome.bound.has_value();
  if (run.outcome.proven && run.outcome.best) run.outcome.bound = run.outcome.best->levels;
  return run.outcome;
}

}  // namespace hanjari::staffing
