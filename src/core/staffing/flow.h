// People to places at least cost, as if no conflict between two people existed: a flow of least cost, person by person
// along shortest paths with prices of places as the proof. What is forbidden later is repaired by one more path.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "staffing/problem.h"

namespace hanjari::staffing {

// A person on the posts of a hub. `stays`: on the old post, which costs no change.
struct Choice {
  std::uint32_t person = 0;
  std::uint32_t hub = 0;
  bool stays = false;
  auto operator<=>(const Choice&) const = default;
};

// One way of using a person: any post of a hub, or one post when the person may not fill all of the hub's.
struct Use {
  std::uint32_t target = 0;  // vertex of the hub or of the post
  Choice choice;
  Cost cost = 0;
};

// A use in a quarter of the memory, because searches look at far more uses than they go along: without what depends on
// the person alone or on the place alone.
struct Glance {
  std::uint32_t target = 0;
  std::uint32_t metres = 0;
};
struct Outline {
  Cost own_cost = 0;  // of every use of the person that is not a stay
  std::vector<Glance> glances;
};

// A flow with its prices. Copied for every branch of the search.
struct Flow {
  static constexpr std::uint32_t idle = UINT32_MAX;
  std::vector<Cost> price;                            // by vertex from the first hub on: hubs, posts, the end
  std::vector<std::uint32_t> use_of;                  // by person: position among the person's uses
  std::vector<std::uint32_t> post_of;                 // by person; nowhere: idle
  std::vector<std::vector<std::uint32_t>> people_at;  // by post
  std::vector<std::uint32_t> idle_people;
  std::vector<Choice> forbidden;  // sorted
};

// Sums of the levels over a flow, the largest load first: compared lexicographically.
struct Levels {
  std::int64_t room_unfilled = 0;
  std::int64_t other_unfilled = 0;
  std::int64_t changed = 0;
  std::vector<std::int64_t> load;  // people used by rank, the highest rank first
  Metres travel = 0;

  // Without travel.
  std::strong_ordering compare_plans(const Levels& other) const;
  bool operator<(const Levels& other) const {
    const auto order = compare_plans(other);
    return order < 0 || (order == 0 && travel < other.travel);
  }
};

class FlowSolver {
 public:
  explicit FlowSolver(const Problem& problem);
  ~FlowSolver();
  FlowSolver(const FlowSolver&) = delete;
  FlowSolver& operator=(const FlowSolver&) = delete;

  // The flow of least cost without anything forbidden.
  Flow solve();
  // Forbids one more choice and repairs the flow to least cost.
  void forbid(Flow& flow, const Choice& choice);
  Choice choice_of(const Flow& flow, std::uint32_t person) const;
  // Of people on posts; a person without a post has `nowhere`.
  Levels levels_of(const std::vector<std::uint32_t>& post_of, const std::vector<char>& stays) const;
  Levels levels_of(const Flow& flow) const;
  // Arcs looked at so far: the measure of work.
  std::int64_t work() const;

 private:
  struct Search;
  struct Arcs;
  struct Leaving;

  Cost cost_of(std::uint32_t person, const Hub& hub, bool stays) const;
  Cost idle_cost(std::uint32_t person) const;
  void list_near_uses(std::uint32_t person);
  void add_use(const Use& use);
  void weigh_places(const Flow& flow, std::vector<Cost>& worth) const;
  void list_hub(std::uint32_t person, std::uint32_t hub);
  bool may_be_stay(std::uint32_t use) const;
  bool is_forbidden(const Flow& flow, const Choice& choice) const;
  bool is_forbidden(const Flow& flow, std::uint32_t person, std::uint32_t use) const;
  bool insert_cheaply(Flow& flow, std::uint32_t person) const;
  void place(Flow& flow, std::uint32_t person);
  void take_out(Flow& flow, std::uint32_t person) const;
  void move_along(Flow& flow, std::uint32_t person, std::uint32_t target);
  void price_out(Flow& flow);
  bool list_missing_uses(const Flow& flow, std::uint32_t person);

  const Problem& problem_;
  std::uint32_t hub_vertex_;
  std::uint32_t post_vertex_;
  std::uint32_t end_vertex_;
  std::vector<std::vector<Use>> uses_;              // by person; grows when prices ask for more
  std::vector<Outline> outlines_;                   // by person, as uses_
  std::vector<std::vector<std::uint32_t>> listed_;  // by person: hubs in uses_, sorted
  bool lists_all_;                                  // so few venues that all are listed
  std::vector<std::uint32_t> dearer_;               // people whose place has become dearer since prices were asked
  std::unique_ptr<Search> search_;
};

}  // namespace hanjari::staffing
