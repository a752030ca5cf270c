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

// A complete first plan from an assignment: desks, seat and applicant numbers, booklets, travel, keep_apart_broken, and
// every figure of tally(); status, bound, rounds, unseated and conflicts are taken from the assignment.
//
// The people of a room sit on evenly spread desks (choose_desks), unit by unit, within a unit by applicant_id, except
// that wheelchair users take the desks nearest to the door and keep_apart people are moved away from each other. Under
// SeatOrder::random everybody but the wheelchair users is drawn from the stream "seats/VENUE_CODE/ROOM_NO". Numbers are
// given unit by unit, venue by venue, room by room, and there by seat_no, or by applicant_id when seats are drawn. See
// src/core/seating/README.md for what another program needs to do the same.
//
// Precondition: no room has more people than its capacity, nobody is assigned to a venue out of reach. Throws
// InvalidInput (too_few_digits, room_too_large).
Plan seat(const Exam& exam, const Assignment& assignment, const Seed& seed);

}  // namespace hanjari::seating
