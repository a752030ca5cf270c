// From people in rooms to desks, applicant numbers and booklets.
#pragma once

#include <vector>

#include "hanjari/base/random.h"
#include "hanjari/domain/assignment.h"
#include "hanjari/domain/plan.h"

namespace hanjari::seating {

// All unblocked desks of the room in seat order from the origin: the desk of seat_no n is element n - 1. `random`
// numbers the desks as column_down.
std::vector<Desk> desks_in_seat_order(const Room& room, SeatOrder order, SeatOrigin origin);

// The booklet of a desk under `booklets` types (1, 2 or 4): contract, Seats.
char booklet_of(Desk desk, int booklets);

// A complete first plan from an assignment: desks, seat and applicant numbers, booklets, travel, over_detour,
// objective, detour distribution and keep_apart_broken; status, bound, rounds, unseated and conflicts are taken from
// the assignment and the gaps derived from them. Numbers are given unit by unit, venue by venue, room by room, seat by
// seat.
Plan seat(const Exam& exam, const Assignment& assignment, const Seed& seed);

}  // namespace hanjari::seating
