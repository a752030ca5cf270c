#include "replanning/farther_moves.h"

#include <map>
#include <utility>

#include "replanning/min_cost_flow.h"

namespace hanjari::replanning {
namespace {

// Pools where the person may be by use and routing and that can be reached without going too far.
std::vector<std::uint32_t> near_pools(const ChangeProblem& problem, const TravelTable& travel, std::uint32_t person) {
  std::vector<std::uint32_t> near;
  for (std::uint32_t number = 0; number < problem.pools.size(); ++number) {
    const RoomPool& pool = problem.pools[number];
    if (problem.closed[pool.venue.value] != 0 || !problem.admits(pool, person)) continue;
    const Metres metres = travel.between(ApplicantIndex(std::size_t{person}), pool.venue);
    if (metres != unreachable && !is_farther(problem, person, pool.venue, metres)) near.push_back(number);
  }
  return near;
}

bool loses_venue(const ChangeProblem& problem, std::uint32_t person) {
  return problem.row_of[person] != none && problem.may_keep_room[person] == 0 && problem.may_keep_venue[person] == 0;
}

// Who alone cannot stay at the venue and has nowhere near to go, whatever the others do.
Count count_nowhere_near(const ChangeProblem& problem, const TravelTable& travel) {
  Count count = 0;
  for (std::uint32_t person = 0; person < problem.row_of.size(); ++person) {
    if (loses_venue(problem, person) && near_pools(problem, travel, person).empty()) ++count;
  }
  return count;
}

// Everybody who may stays where they were: the seats left beside them are for their own class, rooms left empty for
// any. Wheelchairs, rooms set aside and people who change the room only are left out, which makes room.
class LeftSeats {
 public:
  explicit LeftSeats(const ChangeProblem& problem) : problem_(problem) {
    const std::vector<std::uint32_t>& class_of = problem.classes_of_bound.of;
    std::vector<Count> stay(problem.capacity.size(), 0);
    std::vector<std::uint32_t> owner(problem.capacity.size(), none);
    for (std::uint32_t person = 0; person < problem.row_of.size(); ++person) {
      if (problem.may_keep_room[person] == 0) continue;
      const std::uint32_t room = problem.old_room[person].value;
      ++stay[room];
      owner[room] = class_of[person];
    }
    empty_.assign(problem.pools.size(), 0);
    for (std::uint32_t number = 0; number < problem.pools.size(); ++number) {
      for (const RoomIndex room : problem.pools[number].rooms) {
        const Count left = problem.capacity[room.value] - stay[room.value];
        if (left <= 0) continue;
        if (owner[room.value] == none) {
          empty_[number] += left;
        } else {
          beside_[{number, owner[room.value]}] += left;
        }
      }
    }
  }

  // The fewest who find no seat near.
  Count least(const TravelTable& travel) {
    using Group = std::pair<std::uint32_t, std::vector<std::uint32_t>>;  // class, pools near
    std::map<Group, Count> groups;
    for (std::uint32_t person = 0; person < problem_.row_of.size(); ++person) {
      if (!loses_venue(problem_, person)) continue;
      ++groups[{problem_.classes_of_bound.of[person], near_pools(problem_, travel, person)}];
    }
    MinCostFlow flow;
    const auto sink = flow.add_node(-no_limit);
    std::vector<MinCostFlow::Node> pool_node;
    for (const Count seats : empty_) {
      pool_node.push_back(flow.add_node());
      flow.add_arc(pool_node.back(), sink, seats, 0);
    }
    std::map<std::pair<std::uint32_t, std::uint32_t>, MinCostFlow::Node> entry;  // by pool, class
    for (const auto& [group, people] : groups) {
      const auto node = flow.add_node(people);
      flow.add_arc(node, sink, people, 1);
      for (const std::uint32_t pool : group.second) {
        const auto [found, is_new] = entry.try_emplace({pool, group.first}, 0);
        if (is_new) {
          found->second = flow.add_node();
          flow.add_arc(found->second, pool_node[pool], no_limit, 0);
          const auto beside = beside_.find({pool, group.first});
          if (beside != beside_.end()) flow.add_arc(found->second, sink, beside->second, 0);
        }
        flow.add_arc(node, found->second, people, 0);
      }
    }
    flow.solve();
    return flow.cost();
  }

 private:
  const ChangeProblem& problem_;
  std::vector<Count> empty_;                                            // by pool
  std::map<std::pair<std::uint32_t, std::uint32_t>, Count> beside_;  // by pool, class
};

}  // namespace

Count count_farther(const ChangeProblem& problem, const TravelTable& travel, const std::vector<RoomIndex>& room_of) {
  if (!problem.exam->policy.moved_farther_m) return 0;
  Count count = 0;
  for (std::uint32_t person = 0; person < room_of.size(); ++person) {
    if (!room_of[person].exists()) continue;
    const VenueIndex venue = (*problem.exam)[room_of[person]].venue;
    const Metres metres = travel.between(ApplicantIndex(std::size_t{person}), venue);
    if (is_farther(problem, person, venue, metres)) ++count;
  }
  return count;
}

Count floor_farther(const ChangeProblem& problem, const TravelTable& travel, Count weighted, Count forced) {
  if (!problem.exam->policy.moved_farther_m) return 0;
  const ChangeWeights& weights = problem.exam->policy.change_weights;
  const bool every_move_costs = weights.room > 0 && weights.venue > weights.room;
  if (weighted == forced && every_move_costs) return LeftSeats(problem).least(travel);
  return count_nowhere_near(problem, travel);
}

}  // namespace hanjari::replanning
