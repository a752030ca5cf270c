#include "allocation/rooms/rounding.h"

#include <algorithm>

#include "allocation/rooms/room_search.h"

namespace hanjari::allocation {
namespace {

// Rooms as a flow of least cost: one room after the other, each along a cheapest chain from the class that wants it.
class Rounding {
 public:
  Rounding(const Rooming& rooming, const RoomCosts& costs)
      : problem_(rooming.problem()),
        classes_(problem_.classes.size()),
        chains_{.classes = classes_, .costs = &costs, .rooms = RoomCounts(classes_, problem_.groups.size())},
        seats_(classes_),
        search_(make_room_search(classes_ + problem_.groups.size(), rooming.searches())) {
    for (const RoomGroup& group : problem_.groups)
      chains_.free.push_back(static_cast<std::int32_t>(group.rooms.size()));
    chains_.classes_of.resize(problem_.groups.size());
    chains_.potential.assign(classes_ + problem_.groups.size(), 0);
    const auto potential = chains_.potential.begin() + static_cast<std::ptrdiff_t>(classes_);
    std::fill(potential, chains_.potential.end(), impossible);
    for (std::uint32_t i = 0; i < classes_; ++i) {
      chains_.groups_of.push_back(rooming.of(i).group_of);
      for (const std::uint32_t group : chains_.groups_of[i]) {
        chains_.classes_of[group].push_back(i);
        potential[group] = std::min(potential[group], costs.of(i, group, 0));
      }
    }
    for (auto least = potential; least != chains_.potential.end(); ++least) {
      if (*least == impossible) *least = 0;  // of no use to anybody
      chains_.end_potential = std::min(chains_.end_potential, *least);
    }
  }

  // False when somebody has no seat.
  bool run() {
    // With rooms of different sizes a chain may leave a class too few seats: such a class has its turn again.
    for (bool given = true; given;) {
      given = false;
      for (std::uint32_t i = 0; i < classes_; ++i) {
        while (wanted(i) > 0 && give_room(i)) given = true;
      }
    }
    for (std::uint32_t i = 0; i < classes_; ++i) {
      if (wanted(i) > 0) return false;
    }
    return true;
  }

  // Where rooms are short: first those that are filled, then the others to whoever has most people for one. A room for
  // the last few people of a class would cost another class a whole one.
  void run_short() {
    for (std::uint32_t i = 0; i < classes_; ++i) {
      int largest = 1;
      for (const std::uint32_t group : chains_.groups_of[i]) largest = std::max(largest, problem_.groups[group].capacity);
      while (wanted(i) >= largest && give_room(i)) continue;
    }
    std::vector<char> done(classes_, 0);  // finds no room any more
    for (;;) {
      std::uint32_t most = 0;
      for (std::uint32_t i = 1; i < classes_; ++i) {
        if (done[most] != 0 || (done[i] == 0 && wanted(i) > wanted(most))) most = i;
      }
      if (classes_ == 0 || done[most] != 0 || wanted(most) <= 0) return;
      if (!give_room(most)) done[most] = 1;
    }
  }

  RoomCounts take_rooms() { return std::move(chains_.rooms); }

 private:
  std::int64_t wanted(std::uint32_t people_class) const {
    return static_cast<std::int64_t>(problem_.classes[people_class].people.size()) - seats_[people_class];
  }

  void take(std::size_t people_class, std::size_t group, std::int32_t difference) {
    chains_.rooms(people_class, group) += difference;
    chains_.free[group] -= difference;
    seats_[people_class] += std::int64_t{difference} * problem_.groups[group].capacity;
  }

  // One more room for the class. False when there is none, by whatever chain.
  bool give_room(std::uint32_t people_class) {
    const auto [reached, end] = search_->nearest_room(chains_, people_class);
    if (reached == impossible) return false;
    for (std::size_t node = 0; node < chains_.nodes(); ++node) {
      chains_.potential[node] += std::min(search_->distance()[node], reached);
    }
    chains_.end_potential += reached;
    for (std::uint32_t node = end; node != people_class;) {
      const std::uint32_t by = search_->came(node);
      take(by, node - classes_, 1);
      if (by == people_class) break;
      node = search_->came(by);
      take(by, node - classes_, -1);
    }
    return true;
  }

  const Problem& problem_;
  std::size_t classes_;
  RoomChains chains_;
  std::vector<std::int64_t> seats_;  // by class
  std::unique_ptr<RoomSearch> search_;
};

}  // namespace

RoomCounts round_to_rooms(const Rooming& rooming, const RoomCosts& costs) {
  Rounding rounding(rooming, costs);
  if (rounding.run()) return rounding.take_rooms();
  Rounding again(rooming, costs);
  again.run_short();
  return again.take_rooms();
}

}  // namespace hanjari::allocation
