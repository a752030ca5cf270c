// The rooms of one venue under `leftover`: full rooms for each unit alone, and what is left of the units packed into
// rooms that they share, each unit in one (README.md, Shared rooms).
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace hanjari::allocation {

struct PackedRoom {
  int capacity = 0;
  bool accessible = false;
};

// People of one unit in one room.
struct PackedShare {
  std::uint32_t unit = 0;
  int people = 0;
  int wheelchairs = 0;  // of them
};

// People of each unit, wheelchair users among them, and how many these are.
struct Packing {
  std::vector<int> people;
  std::vector<int> wheelchairs;
};

// By room, who sits there; nothing when no packing is found. With rooms of equal capacity the full rooms are no choice,
// and a packing is missed only when the search for the rest ends early; rooms of unequal capacity are filled as it comes.
std::optional<std::vector<std::vector<PackedShare>>> pack_rooms(const std::vector<PackedRoom>& rooms,
                                                                const Packing& wanted);

}  // namespace hanjari::allocation
