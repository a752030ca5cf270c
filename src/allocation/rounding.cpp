#include "allocation/rounding.h"

#include <algorithm>
#include <array>
#include <queue>

#include "allocation/workers.h"

namespace hanjari::allocation {
namespace {

// What every further room costs a class: sums of regrets of the next people.
class RoomCosts {
 public:
  RoomCosts(const Rooming& rooming, const std::vector<std::uint32_t>& site_of, const std::vector<Cost>& price,
            int threads)
      : problem_(rooming.problem()),
        sums_(problem_.classes.size() * problem_.groups.size()),
        flow_(problem_.classes.size() * problem_.groups.size()),
        strayed_(problem_.classes.size()) {
    share_flow(site_of);
    for_each_item(threads, problem_.classes.size(), [&](std::size_t i) { read(rooming.of(i), i, price); });
    Cost strayed = 0;
    for (const Cost of_class : strayed_) strayed += of_class;
    stray_ = strayed / static_cast<Cost>(std::max<std::size_t>(problem_.people(), 1)) + 1;
  }

  // Of the class's room number `room` (from 0) in the group: the regrets of those who would sit there, and the way
  // that others have to stray for seats which the flow of A does not ask for here.
  Cost of(std::size_t people_class, std::size_t group, std::int32_t room) const {
    const std::int64_t capacity = problem_.groups[group].capacity;
    const std::int64_t first = capacity * room;
    const std::int64_t asked = std::clamp<std::int64_t>(flow(people_class, group) - first, 0, capacity);
    return sum(people_class, group, first + capacity) - sum(people_class, group, first) + stray_ * (capacity - asked);
  }
  // Rooms that the flow of A fills.
  std::int32_t full_rooms(std::size_t people_class, std::size_t group) const {
    return static_cast<std::int32_t>(flow(people_class, group) / problem_.groups[group].capacity);
  }

 private:
  std::int64_t flow(std::size_t people_class, std::size_t group) const {
    return flow_[people_class * problem_.groups.size() + group];
  }
  // People of A by class and group; the groups of a site are filled in their order.
  void share_flow(const std::vector<std::uint32_t>& site_of) {
    std::vector<std::int64_t> left;
    std::vector<std::vector<std::uint32_t>> groups_of(problem_.sites.size());
    for (std::uint32_t group = 0; group < problem_.groups.size(); ++group) {
      left.push_back(problem_.groups[group].capacity * static_cast<std::int64_t>(problem_.groups[group].rooms.size()));
      groups_of[problem_.groups[group].site].push_back(group);
    }
    std::vector<std::int64_t> people(problem_.classes.size() * problem_.sites.size());
    for (std::size_t person = 0; person < site_of.size(); ++person) {
      if (site_of[person] >= problem_.sites.size()) continue;
      ++people[problem_.class_of[person] * problem_.sites.size() + site_of[person]];
    }
    for (std::size_t i = 0; i < problem_.classes.size(); ++i) {
      for (std::size_t site = 0; site < problem_.sites.size(); ++site) {
        std::int64_t rest = people[i * problem_.sites.size() + site];
        for (const std::uint32_t group : groups_of[site]) {
          const std::int64_t here = std::min(rest, left[group]);
          flow_[i * problem_.groups.size() + group] = here;
          left[group] -= here;
          rest -= here;
        }
      }
    }
  }
  void read(const ClassRooms& people, std::size_t i, const std::vector<Cost>& price) {
    const auto& seats = people.seats;
    std::vector<Cost> best(seats.people(), impossible);
    for (std::uint32_t person = 0; person < seats.people(); ++person) {
      const Cost* costs = seats.costs_of(person);
      for (std::size_t place = 0; place < people.group_of.size(); ++place) {
        if (costs[place] >= ClassSeats<Cost>::never) continue;
        best[person] = std::min(best[person], costs[place] + price[people.group_of[place]]);
      }
    }
    for (std::uint32_t person = 0; person < seats.people(); ++person) {
      // The fourth choice stands for how far a person strays when the own venue has no room of the class.
      std::array<Cost, 4> least;
      least.fill(impossible);
      for (std::size_t place = 0; place < people.group_of.size(); ++place) {
        const Cost cost = seats.costs_of(person)[place];
        if (cost >= ClassSeats<Cost>::never) continue;
        Cost regret = cost + price[people.group_of[place]] - best[person];
        for (Cost& kept : least) {
          if (regret < kept) std::swap(regret, kept);
        }
      }
      strayed_[i] += least.back() < impossible ? least.back() : 0;
    }
    std::vector<Cost> regrets;
    for (std::size_t place = 0; place < people.group_of.size(); ++place) {
      const RoomGroup& group = problem_.groups[people.group_of[place]];
      regrets.clear();
      for (std::uint32_t person = 0; person < seats.people(); ++person) {
        const Cost cost = seats.costs_of(person)[place];
        if (cost < ClassSeats<Cost>::never) {
          regrets.push_back(cost + price[people.group_of[place]] - best[person]);
        }
      }
      const std::size_t most = std::min(regrets.size(), group.rooms.size() * static_cast<std::size_t>(group.capacity));
      std::nth_element(regrets.begin(), regrets.begin() + static_cast<std::ptrdiff_t>(most), regrets.end());
      regrets.resize(most);
      std::sort(regrets.begin(), regrets.end());
      Cost sum = 0;
      for (Cost& regret : regrets) regret = sum += regret;
      sums_[i * problem_.groups.size() + people.group_of[place]] = regrets;
    }
  }
  // An empty seat costs more than any person there: a room is for those who come.
  Cost sum(std::size_t people_class, std::size_t group, std::int64_t count) const {
    const auto people = static_cast<std::size_t>(count);
    const auto& sums = sums_[people_class * problem_.groups.size() + group];
    if (people == 0) return 0;
    if (people <= sums.size()) return sums[people - 1];
    return (sums.empty() ? 0 : sums.back()) + problem_.scale.most_travel * static_cast<Cost>(people - sums.size());
  }

  const Problem& problem_;
  std::vector<std::vector<Cost>> sums_;  // by class and group: running sums of the regrets, ascending
  std::vector<std::int64_t> flow_;       // by class and group
  std::vector<Cost> strayed_;            // by class
  Cost stray_ = 0;                       // of one person on the mean
};

class Rounding {
 public:
  Rounding(const Rooming& rooming, const std::vector<std::uint32_t>& site_of, const std::vector<Cost>& price,
           int threads)
      : problem_(rooming.problem()),
        classes_(problem_.classes.size()),
        groups_(problem_.groups.size()),
        costs_(rooming, site_of, price, threads),
        rooms_(classes_, groups_),
        free_(groups_),
        seats_(classes_),
        open_to_(classes_ * groups_),
        swap_(groups_ * groups_, impossible),
        swapper_(groups_ * groups_) {
    for (std::size_t group = 0; group < groups_; ++group) {
      free_[group] = static_cast<std::int32_t>(problem_.groups[group].rooms.size());
    }
    for (std::size_t i = 0; i < classes_; ++i) {
      for (const std::uint32_t group : rooming.of(i).group_of) open_to_[i * groups_ + group] = 1;
    }
  }

  RoomCounts run() {
    give_full_rooms();
    for (std::size_t from = 0; from < groups_; ++from) {
      for (std::size_t to = 0; to < groups_; ++to) find_swap(from, to);
    }
    // A chain may leave a class that it passes twice a room short: such a class has its turn again.
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
    std::vector<std::size_t> path = path_to_free_room(distance, came);
    // Negative circles can bend the tree of the cheapest chains into itself; the shortest chain does as well then.
    if (path.empty()) path = shortest_chain(people_class);
    if (path.empty()) return false;
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

  // The groups from the cheapest free room back to where the chain begins; empty when there is none or the way runs in
  // a circle.
  std::vector<std::size_t> path_to_free_room(const std::vector<Cost>& distance,
                                             const std::vector<std::size_t>& came) const {
    std::size_t end = groups_;
    for (std::size_t group = 0; group < groups_; ++group) {
      if (free_[group] > 0 && distance[group] < impossible && (end == groups_ || distance[group] < distance[end])) {
        end = group;
      }
    }
    std::vector<std::size_t> path;
    for (std::size_t group = end; group != groups_; group = came[group]) {
      if (path.size() == groups_) return {};
      path.push_back(group);
    }
    return path;
  }

  // The same by the fewest swaps, whatever they cost: always there when any chain is.
  std::vector<std::size_t> shortest_chain(std::size_t people_class) const {
    std::vector<Cost> swaps(groups_, impossible);
    std::vector<std::size_t> came(groups_, groups_);
    std::queue<std::size_t> waiting;
    for (std::size_t group = 0; group < groups_; ++group) {
      if (!open_to(people_class, group)) continue;
      swaps[group] = 0;
      waiting.push(group);
    }
    for (; !waiting.empty(); waiting.pop()) {
      const std::size_t from = waiting.front();
      for (std::size_t to = 0; to < groups_; ++to) {
        if (swaps[to] != impossible || swap_[from * groups_ + to] == impossible) continue;
        if (swapper_[from * groups_ + to] == people_class && came[from] == groups_) continue;
        swaps[to] = swaps[from] + 1;
        came[to] = from;
        waiting.push(to);
      }
    }
    return path_to_free_room(swaps, came);
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

RoomCounts round_to_rooms(const Rooming& rooming, const std::vector<std::uint32_t>& site_of,
                          const std::vector<Cost>& group_price, int threads) {
  return Rounding(rooming, site_of, group_price, threads).run();
}

}  // namespace hanjari::allocation
