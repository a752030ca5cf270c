// Shortest chains of rooms (rounding.cpp): a class takes a room of a group, another class leaves one there and takes
// one elsewhere, until a group has a free room.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "allocation/rooms/room_costs.h"
#include "allocation/rooms/rooming.h"
#include "allocation/sites/searches.h"

namespace hanjari::allocation {

// Nodes are the classes, then the groups. Reduced costs are never negative.
struct RoomChains {
  std::size_t classes = 0;
  const RoomCosts* costs = nullptr;
  RoomCounts rooms;
  std::vector<std::int32_t> free;                      // rooms by group
  std::vector<std::vector<std::uint32_t>> groups_of;   // by class
  std::vector<std::vector<std::uint32_t>> classes_of;  // by group
  std::vector<Cost> potential;                         // by node
  Cost end_potential = impossible;

  std::size_t nodes() const { return potential.size(); }
  bool is_class(std::uint32_t node) const { return node < classes; }
  // Groups that a class may use, or classes that may use a group; node_of makes nodes of them.
  std::span<const std::uint32_t> next(std::uint32_t node) const {
    return is_class(node) ? groups_of[node] : classes_of[node - classes];
  }
  std::uint32_t node_of(std::uint32_t from, std::uint32_t next) const {
    return is_class(from) ? static_cast<std::uint32_t>(classes + next) : next;
  }
  // Of taking a room, or of leaving the last one taken; `impossible` if that cannot be.
  Cost reduced(std::uint32_t from, std::uint32_t to) const {
    Cost cost = impossible;
    if (is_class(from)) {
      cost = costs->of(from, to - classes, rooms(from, to - classes));
    } else if (const std::int32_t count = rooms(to, from - classes); count > 0) {
      cost = -costs->of(to, from - classes, count - 1);
    }
    return cost < impossible ? cost + potential[from] - potential[to] : impossible;
  }
  bool has_free_room(std::uint32_t node) const { return !is_class(node) && free[node - classes] > 0; }
  Cost to_end(std::uint32_t node) const { return potential[node] - end_potential; }
};

class RoomSearch {
 public:
  struct Path {
    Cost reached = impossible;  // no chain if it stays so
    std::uint32_t end = 0;      // the group with the free room
  };
  virtual ~RoomSearch() = default;
  virtual Path nearest_room(const RoomChains& chains, std::uint32_t people_class) = 0;
  // Of the last search, by node: what is below `reached` is final. And the node before on the way.
  virtual const std::vector<Cost>& distance() const = 0;
  virtual std::uint32_t came(std::size_t node) const = 0;
};

std::unique_ptr<RoomSearch> make_room_search(std::size_t nodes, Searches searches);
std::unique_ptr<RoomSearch> make_boost_room_search(std::size_t nodes);

}  // namespace hanjari::allocation
