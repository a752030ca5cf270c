#include "allocation/rounding.h"

#include <algorithm>
#include <queue>

namespace hanjari::allocation {
namespace {

constexpr std::size_t choices_kept = 12;  // of a person's groups, the best ones at the prices

// What every further room costs a class: sums of regrets of the next people.
class RoomCosts {
 public:
  RoomCosts(const Problem& problem, const std::vector<Cost>& price)
      : problem_(problem), regrets_(problem.classes.size() * problem.groups.size()) {
    struct Choice {
      Cost cost;
      std::uint32_t group;
      bool operator<(const Choice& other) const { return cost != other.cost ? cost < other.cost : group < other.group; }
    };
    std::vector<Choice> choices;
    for (std::size_t person = 0; person < problem.people(); ++person) {
      choices.clear();
      for (std::uint32_t group = 0; group < problem.groups.size(); ++group) {
        const RoomGroup& there = problem.groups[group];
        if (!problem.may_use(person, there)) continue;
        choices.push_back({problem.cost(person, there.venue) + price[group], group});
      }
      if (choices.empty()) continue;
      const std::size_t kept = std::min(choices_kept, choices.size());
      std::partial_sort(choices.begin(), choices.begin() + static_cast<std::ptrdiff_t>(kept), choices.end());
      far_ = std::max(far_, choices[kept - 1].cost - choices[0].cost);
      for (std::size_t i = 0; i < kept; ++i) {
        list(problem.class_of[person], choices[i].group).push_back(choices[i].cost - choices[0].cost);
      }
    }
    for (auto& regrets : regrets_) {
      std::sort(regrets.begin(), regrets.end());
      Cost sum = 0;
      for (Cost& regret : regrets) regret = sum += regret;
    }
    far_ = far_ + 1;
  }

  // Of the class's room number `room` (from 0) in the group.
  Cost of(std::size_t people_class, std::size_t group, std::int32_t room) const {
    const auto capacity = static_cast<std::size_t>(problem_.groups[group].capacity);
    return sum(people_class, group, capacity * (static_cast<std::size_t>(room) + 1)) -
           sum(people_class, group, capacity * static_cast<std::size_t>(room));
  }
  // Rooms that fill with people for whom the group is the best choice.
  std::int32_t full_rooms(std::size_t people_class, std::size_t group) const {
    const auto& sums = regrets_[people_class * problem_.groups.size() + group];
    const auto free = std::upper_bound(sums.begin(), sums.end(), Cost{0}) - sums.begin();
    return static_cast<std::int32_t>(free / problem_.groups[group].capacity);
  }

 private:
  std::vector<Cost>& list(std::size_t people_class, std::size_t group) {
    return regrets_[people_class * problem_.groups.size() + group];
  }
  Cost sum(std::size_t people_class, std::size_t group, std::size_t people) const {
    const auto& sums = regrets_[people_class * problem_.groups.size() + group];
    if (people == 0) return 0;
    if (people <= sums.size()) return sums[people - 1];
    return (sums.empty() ? 0 : sums.back()) + far_ * static_cast<Cost>(people - sums.size());
  }

  const Problem& problem_;
  std::vector<std::vector<Cost>> regrets_;  // by class and group: running sums
  Cost far_ = 0;
};

class Rounding {
 public:
  Rounding(const Problem& problem, const std::vector<Cost>& price)
      : problem_(problem),
        classes_(problem.classes.size()),
        groups_(problem.groups.size()),
        costs_(problem, price),
        rooms_(classes_, groups_),
        free_(groups_),
        seats_(classes_),
        open_to_(classes_ * groups_),
        swap_(groups_ * groups_, impossible),
        swapper_(groups_ * groups_) {
    for (std::size_t group = 0; group < groups_; ++group) {
      free_[group] = static_cast<std::int32_t>(problem.groups[group].rooms.size());
      for (std::size_t i = 0; i < classes_; ++i) {
        const auto& people = problem.classes[i].people;
        open_to_[i * groups_ + group] = std::any_of(people.begin(), people.end(), [&](std::uint32_t person) {
          return problem.may_use(person, problem.groups[group]);
        });
      }
    }
  }

  RoomCounts run() {
    give_full_rooms();
    for (std::size_t from = 0; from < groups_; ++from) {
      for (std::size_t to = 0; to < groups_; ++to) find_swap(from, to);
    }
    for (std::size_t i = 0; i < classes_; ++i) {
      const auto wanted = static_cast<std::int64_t>(problem_.classes[i].people.size());
      while (seats_[i] < wanted && give_room(i)) {
      }
    }
    return std::move(rooms_);
  }

 private:
  bool open_to(std::size_t people_class, std::size_t group) const { return open_to_[people_class * groups_ + group]; }

  void take(std::size_t people_class, std::size_t group, std::int32_t difference) {
    rooms_(people_class, group) += difference;
    free_[group] -= difference;
    seats_[people_class] += std::int64_t{difference} * problem_.groups[group].capacity;
  }

  void give_full_rooms() {
    for (std::size_t i = 0; i < classes_; ++i) {
      const auto wanted = static_cast<std::int64_t>(problem_.classes[i].people.size());
      for (std::size_t group = 0; group < groups_; ++group) {
        if (!open_to(i, group)) continue;
        const int capacity = problem_.groups[group].capacity;
        const auto still = static_cast<std::int32_t>(std::max<std::int64_t>(0, wanted - seats_[i]) / capacity);
        take(i, group, std::min({costs_.full_rooms(i, group), free_[group], still}));
      }
    }
  }

  // The class that moves a room from one group to another most cheaply, keeping its seats.
  void find_swap(std::size_t from, std::size_t to) {
    Cost best = impossible;
    std::uint32_t by = 0;
    if (from != to) {
      const int less = problem_.groups[from].capacity - problem_.groups[to].capacity;
      for (std::size_t i = 0; i < classes_; ++i) {
        if (rooms_(i, from) == 0 || !open_to(i, to)) continue;
        if (less > 0 && seats_[i] - less < static_cast<std::int64_t>(problem_.classes[i].people.size())) continue;
        const Cost change = costs_.of(i, to, rooms_(i, to)) - costs_.of(i, from, rooms_(i, from) - 1);
        if (change < best) {
          best = change;
          by = static_cast<std::uint32_t>(i);
        }
      }
    }
    swap_[from * groups_ + to] = best;
    swapper_[from * groups_ + to] = by;
  }

  // One more room for the class by the cheapest chain of swaps that ends at a free room. False when there is none.
  bool give_room(std::size_t people_class) {
    std::vector<Cost> distance(groups_, impossible);
    std::vector<std::size_t> came(groups_, groups_);
    std::queue<std::size_t> waiting;
    std::vector<char> queued(groups_);
    std::vector<int> visits(groups_);
    for (std::size_t group = 0; group < groups_; ++group) {
      if (!open_to(people_class, group)) continue;
      distance[group] = costs_.of(people_class, group, rooms_(people_class, group));
      waiting.push(group);
      queued[group] = 1;
    }
    while (!waiting.empty()) {
      const std::size_t from = waiting.front();
      waiting.pop();
      queued[from] = 0;
      // Rooms of different sizes can leave a cheaper circle behind; nothing is gained by running round it.
      if (++visits[from] > 50) continue;
      for (std::size_t to = 0; to < groups_; ++to) {
        const Cost swap = swap_[from * groups_ + to];
        if (swap == impossible || distance[from] + swap >= distance[to]) continue;
        if (swapper_[from * groups_ + to] == people_class && came[from] == groups_) continue;
        distance[to] = distance[from] + swap;
        came[to] = from;
        if (!queued[to]) {
          queued[to] = 1;
          waiting.push(to);
        }
      }
    }
    std::size_t end = groups_;
    for (std::size_t group = 0; group < groups_; ++group) {
      if (free_[group] > 0 && distance[group] < impossible && (end == groups_ || distance[group] < distance[end])) {
        end = group;
      }
    }
    if (end == groups_) return false;
    std::vector<std::size_t> path;
    for (std::size_t group = end; group != groups_ && path.size() <= groups_; group = came[group])
      path.push_back(group);
    if (path.size() > groups_) return false;
    for (std::size_t i = 0; i + 1 < path.size(); ++i) {  // from the free room backwards
      const std::uint32_t by = swapper_[path[i + 1] * groups_ + path[i]];
      take(by, path[i + 1], -1);
      take(by, path[i], 1);
    }
    take(people_class, path.back(), 1);
    for (const std::size_t changed : path) {
      for (std::size_t other = 0; other < groups_; ++other) {
        find_swap(changed, other);
        find_swap(other, changed);
      }
    }
    return true;
  }

  const Problem& problem_;
  std::size_t classes_;
  std::size_t groups_;
  RoomCosts costs_;
  RoomCounts rooms_;
  std::vector<std::int32_t> free_;
  std::vector<std::int64_t> seats_;
  std::vector<char> open_to_;
  std::vector<Cost> swap_;
  std::vector<std::uint32_t> swapper_;
};

}  // namespace

RoomCounts round_to_rooms(const Problem& problem, const std::vector<Cost>& group_price) {
  return Rounding(problem, group_price).run();
}

}  // namespace hanjari::allocation
