#include "allocation/rooms/rounding.h"

#include <gtest/gtest.h>

#include "allocation/sites/people_to_sites.h"
#include "allocation/small_exam.h"

namespace hanjari::allocation {
namespace {

Cost cost_of(const Rooming& rooming, const RoomCosts& costs, const RoomCounts& rooms) {
  Cost total = 0;
  for (std::size_t i = 0; i < rooming.classes(); ++i) {
    for (const std::uint32_t group : rooming.of(i).group_of) {
      for (std::int32_t room = 0; room < rooms(i, group); ++room) total += costs.of(i, group, room);
    }
  }
  return total;
}

// A flow is the cheapest if no cycle of moves saves anything: Bellman-Ford over classes, groups and the stock of free
// rooms, which knows nothing of potentials.
bool has_saving_cycle(const Problem& problem, const Rooming& rooming, const RoomCosts& costs,
                       const RoomCounts& rooms) {
  struct Move {
    std::size_t from;
    std::size_t to;
    Cost cost;
  };
  std::vector<Move> moves;
  const std::size_t classes = problem.classes.size();
  const std::size_t stock = classes + problem.groups.size();
  std::vector<std::size_t> taken(problem.groups.size());
  for (std::size_t i = 0; i < classes; ++i) {
    for (const std::uint32_t group : rooming.of(i).group_of) {
      const std::int32_t count = rooms(i, group);
      taken[group] += static_cast<std::size_t>(count);
      if (const Cost cost = costs.of(i, group, count); cost < impossible) moves.push_back({i, classes + group, cost});
      if (count > 0) moves.push_back({classes + group, i, -costs.of(i, group, count - 1)});
    }
  }
  for (std::size_t group = 0; group < taken.size(); ++group) {
    if (taken[group] < problem.groups[group].rooms.size()) moves.push_back({classes + group, stock, 0});
    if (taken[group] > 0) moves.push_back({stock, classes + group, 0});
  }
  std::vector<Cost> distance(stock + 1, 0);
  for (std::size_t pass = 0; pass <= stock + 1; ++pass) {
    bool changed = false;
    for (const Move& move : moves) {
      if (distance[move.from] + move.cost >= distance[move.to]) continue;
      distance[move.to] = distance[move.from] + move.cost;
      changed = true;
    }
    if (!changed) return false;
  }
  return true;
}

// Rooms of one size, so that a flow of least cost is unique in its cost.
TEST(Rounding, IsTheCheapestByBothSearches) {
  int compared = 0;
  for (std::uint64_t number = 0; number < 25; ++number) {
    Exam exam = make_small_exam(
        number, {.people = 150, .units = 6, .venues = 8, .rooms_per_venue = 9, .special = number % 2 == 0});
    for (Room& room : exam.rooms) room.row_count = 2;
    const Problem problem = make_problem(exam, {}, 1);
    const Transport transport = solve_people_to_sites(problem);
    std::vector<Cost> price;
    for (const RoomGroup& group : problem.groups) price.push_back(transport.price[group.site]);
    const Rooming by_boost(problem, 1, Searches::boost);
    const Rooming by_own(problem, 1, Searches::own);
    const auto costs = costs_by_flow(by_boost, transport.site_of, price, 1);
    const RoomCounts boost = round_to_rooms(by_boost, *costs);
    const RoomCounts own = round_to_rooms(by_own, *costs);
    EXPECT_EQ(cost_of(by_boost, *costs, boost), cost_of(by_boost, *costs, own)) << number;
    EXPECT_FALSE(has_saving_cycle(problem, by_boost, *costs, boost)) << number;
    EXPECT_FALSE(has_saving_cycle(problem, by_boost, *costs, own)) << number;
    for (std::size_t group = 0; group < problem.groups.size(); ++group) {
      std::size_t taken = 0;
      for (std::size_t i = 0; i < problem.classes.size(); ++i) taken += static_cast<std::size_t>(boost(i, group));
      EXPECT_LE(taken, problem.groups[group].rooms.size());
      compared += taken > 0 ? 1 : 0;
    }
  }
  EXPECT_GT(compared, 100);
}

}  // namespace
}  // namespace hanjari::allocation
