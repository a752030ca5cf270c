// Which desks of a room may be used at once, and so how many people it holds.
#pragma once

#include <cstddef>
#include <map>
#include <tuple>
#include <vector>

#include "hanjari/domain/exam.h"

namespace hanjari::seating {

// What decides a room's capacity; the officer sees it.
enum class Binding { geometry, policy_cap, room_cap };

struct RoomCapacity {
  int people = 0;
  int desks = 0;                        // the largest set of unblocked desks at pairwise distance >= min_gap_cm
  Binding binding = Binding::geometry;  // the smallest of the three; geometry first when equal, then the policy
};

// Size of the largest set of unblocked desks whose centres are pairwise at least min_gap_cm apart: an exact maximum
// independent set. Rooms of up to 10 x 10 desks at any gap; larger ones too, as long as the gap keeps their conflict
// graph easy.
int largest_desk_set(const Room& room, int min_gap_cm);

RoomCapacity room_capacity(const Room& room, const Policy& policy);
// The same while somebody waits for it: `work` is how many places of partial fillings may be looked at (some ten million a second),
// and what was looked at is taken off. Throws InvalidInput (room_too_large) as well when nothing is left, or for a room of more than 200 rows or columns.
RoomCapacity room_capacity_within(const Room& room, const Policy& policy, std::size_t& work);

// Rows, columns, pitches and blocked desks: rooms of one shape hold the same number of desks at a distance.
using RoomShape = std::tuple<int, int, int, int, std::vector<Desk>>;
RoomShape shape_of(const Room& room);

// Capacities of many rooms; each distinct shape is computed once.
class Capacities {
 public:
  explicit Capacities(const Policy& policy) : policy_(policy) {}
  // Throws InvalidInput (room_too_large).
  RoomCapacity of(const Room& room);

 private:
  const Policy& policy_;
  std::map<RoomShape, int> desks_;
};

// The same for every room of the exam, by RoomIndex.
std::vector<RoomCapacity> room_capacities(const Exam& exam);

// `people` desks of the room, pairwise at least min_gap_cm apart and beyond that spread out as evenly as can be found,
// in row, column order. Precondition: people <= largest_desk_set(room, min_gap_cm).
std::vector<Desk> choose_desks(const Room& room, int min_gap_cm, int people);

}  // namespace hanjari::seating
