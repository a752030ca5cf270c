#include "allocation/rounding.h"

#include <algorithm>
#include <queue>

namespace hanjari::allocation {
namespace {

// Rooms as a flow of least cost: one room after the other, each along a cheapest path from the class that wants it. On
// the way a class may leave a room to the one before and take another instead. Nodes are the classes, then the groups.
class Rounding {
 public:
  Rounding(const Rooming& rooming, const RoomCosts& costs)
      : problem_(rooming.problem()),
        classes_(problem_.classes.size()),
        groups_(problem_.groups.size()),
        costs_(costs),
        rooms_(classes_, groups_),
        free_(groups_),
        seats_(classes_),
        groups_of_(classes_),
        classes_of_(groups_),
        potential_(classes_ + groups_, 0),
        distance_(classes_ + groups_),
        came_(classes_ + groups_) {
    for (std::size_t group = 0; group < groups_; ++group) {
      free_[group] = static_cast<std::int32_t>(problem_.groups[group].rooms.size());
      potential_[classes_ + group] = impossible;
    }
    for (std::uint32_t i = 0; i < classes_; ++i) {
      groups_of_[i] = rooming.of(i).group_of;
      for (const std::uint32_t group : groups_of_[i]) {
        classes_of_[group].push_back(i);
        Cost& least = potential_[classes_ + group];
        least = std::min(least, costs_.of(i, group, 0));
      }
    }
    for (std::size_t group = 0; group < groups_; ++group) {
      Cost& least = potential_[classes_ + group];
      if (least == impossible) least = 0;  // of no use to anybody
      end_potential_ = std::min(end_potential_, least);
    }
  }

  RoomCounts run() {
    // With rooms of different sizes a chain may leave a class too few seats: such a class has its turn again.
    for (bool given = true; given;) {
      given = false;
      for (std::size_t i = 0; i < classes_; ++i) {
        const auto wanted = static_cast<std::int64_t>(problem_.classes[i].people.size());
        while (seats_[i] < wanted && give_room(i)) given = true;
      }
    }
    return std::move(rooms_);
  }

 private:
  struct Waiting {
    Cost distance;
    std::uint32_t node;
    bool operator<(const Waiting& other) const {  // smallest distance on top, then the lowest node
      return distance != other.distance ? distance > other.distance : node > other.node;
    }
  };

  void take(std::size_t people_class, std::size_t group, std::int32_t difference) {
    rooms_(people_class, group) += difference;
    free_[group] -= difference;
    seats_[people_class] += std::int64_t{difference} * problem_.groups[group].capacity;
  }

  // One more room for the class. False when there is none, by whatever chain.
  bool give_room(std::size_t people_class) {
    std::fill(distance_.begin(), distance_.end(), impossible);
    std::priority_queue<Waiting> waiting;
    distance_[people_class] = 0;
    waiting.push({0, static_cast<std::uint32_t>(people_class)});
    Cost reached = impossible;
    std::uint32_t end = 0;
    const auto reach = [&](std::uint32_t from, std::uint32_t node, Cost cost) {
      const Cost there = distance_[from] + cost + potential_[from] - potential_[node];
      if (there >= distance_[node] || there >= reached) return;
      distance_[node] = there;
      came_[node] = from;
      waiting.push({there, node});
    };
    while (!waiting.empty() && waiting.top().distance < reached) {
      const auto [distance, node] = waiting.top();
      waiting.pop();
      if (distance > distance_[node]) continue;
      if (node < classes_) {
        for (const std::uint32_t group : groups_of_[node]) {
          const Cost cost = costs_.of(node, group, rooms_(node, group));
          if (cost < impossible) reach(node, static_cast<std::uint32_t>(classes_ + group), cost);
        }
        continue;
      }
      const std::size_t group = node - classes_;
      if (free_[group] > 0) {
        const Cost whole = distance + potential_[node] - end_potential_;
        if (whole < reached) {
          reached = whole;
          end = node;
        }
      }
      for (const std::uint32_t other : classes_of_[group]) {
        const std::int32_t rooms = rooms_(other, group);
        if (rooms > 0) reach(node, other, -costs_.of(other, group, rooms - 1));
      }
    }
    if (reached == impossible) return false;
    for (std::size_t node = 0; node < distance_.size(); ++node) potential_[node] += std::min(distance_[node], reached);
    end_potential_ += reached;
    for (std::uint32_t node = end; node != people_class;) {
      const std::uint32_t by = came_[node];
      take(by, node - classes_, 1);
      if (by == people_class) break;
      node = came_[by];
      take(by, node - classes_, -1);
    }
    return true;
  }

  const Problem& problem_;
  std::size_t classes_;
  std::size_t groups_;
  const RoomCosts& costs_;
  RoomCounts rooms_;
  std::vector<std::int32_t> free_;
  std::vector<std::int64_t> seats_;
  std::vector<std::vector<std::uint32_t>> groups_of_;   // by class
  std::vector<std::vector<std::uint32_t>> classes_of_;  // by group
  std::vector<Cost> potential_;
  Cost end_potential_ = impossible;
  std::vector<Cost> distance_;
  std::vector<std::uint32_t> came_;
};

}  // namespace

RoomCounts round_to_rooms(const Rooming& rooming, const RoomCosts& costs) {
  return Rounding(rooming, costs).run();
}

}  // namespace hanjari::allocation
