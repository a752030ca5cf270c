// People with wishes (wheelchair, keep_apart) on the given desks of one room.
#pragma once

#include <cstdint>
#include <vector>

#include "hanjari/domain/exam.h"

namespace hanjari::seating {

// Somebody to be seated, as far as the choice of the desk is concerned.
struct Sitter {
  std::uint32_t block = 0;  // sitters of one block take neighbouring places of the seat order
  bool front = false;       // wheelchair: to the front, near the door
  WordIndex keep_apart = empty_word;

  bool has_wish() const { return front || keep_apart != empty_word; }
};

// Smaller is better, the first figure before the second.
struct ArrangementCost {
  std::int64_t broken = 0;      // keep_apart pairs within one row and one column of each other
  std::int64_t from_front = 0;  // sum over sitters with `front` of their desk's distance from the door
  auto operator<=>(const ArrangementCost&) const = default;
};

struct Arrangement {
  std::vector<std::size_t> sitter_at;  // by desk: which sitter
  ArrangementCost cost;
  bool is_best = false;  // nothing better exists on these desks
};

// Where the door is, by columns counted from the left. It is taken to be at the front, on the side of the seat origin.
struct Door {
  int columns = 0;
  bool at_right = false;
  // Whole rows first, then the steps to the side where the door is.
  std::int64_t distance(Desk desk) const {
    return std::int64_t{desk.row - 1} * 1000 + (at_right ? columns - desk.column : desk.column - 1);
  }
};

// True within one row and one column of each other.
bool are_neighbours(Desk a, Desk b);

// Puts sitters (by block) on as many desks (in seat order), each block on its own stretch. Within a block those without
// wishes keep their order. Looks at no more than `steps` placements of people with wishes; `steps` counts down. People
// to be kept apart try the `preferred` desks first.
Arrangement arrange(const std::vector<Sitter>& sitters, const std::vector<Desk>& desks, const Door& door,
                    std::int64_t& steps, const std::vector<Desk>& preferred = {});

}  // namespace hanjari::seating
