// The rules of the contract: one function per rule, which finds every place where a plan breaks it.
#pragma once

#include "verification/findings.h"
#include "verification/reading.h"

namespace hanjari::verification {

// double_seat: a desk and a seat number of a room belong to one person.
void judge_double_seats(const Reading& reading, Findings& findings);
// blocked_desk: everybody sits at a desk that stands in the room and is not blocked.
void judge_desks_exist(const Reading& reading, Findings& findings);
// desk_too_near: the centres of occupied desks are pairwise at least min_gap_cm apart.
void judge_desk_gaps(const Reading& reading, Findings& findings);
// wrong_seat_no: seat_no is the rank of the desk among the unblocked desks in seat order.
void judge_seat_numbers(const Reading& reading, Findings& findings);
// wrong_booklet: the booklet follows from the desk.
void judge_booklets(const Reading& reading, Findings& findings);

// over_capacity: no room holds more people than it has desks, nor more than the caps of the policy and of the room.
void judge_capacity(const Reading& reading, Findings& findings);
// mixed_room: units share a room only as the policy allows; separate_room and scribe share it only with one another.
void judge_mixing(const Reading& reading, Findings& findings);
// mixed_time: a room holds one base duration and one time multiplier.
void judge_times(const Reading& reading, Findings& findings);
// not_accessible: wheelchair users sit in accessible rooms.
void judge_access(const Reading& reading, Findings& findings);
// wrong_room_use: reserve, separate, isolation and accommodation rooms hold only the people they are for, and the
// rooms that the policy sets aside stay free for them.
void judge_room_use(const Reading& reading, Findings& findings);

// duplicate_number, number_form, number_order: numbers are unique, look as exam.json says and, in a first plan, are
// consecutive inside every room and venue of a unit.
void judge_numbers(const Reading& reading, Findings& findings);

// wrong_travel: travel_m is the travel to that venue, give or take one metre.
void judge_travel(const Reading& reading, Findings& findings);

// wrong_report: report.json and over_detour.csv say what placements.csv says, and placements.csv is sorted.
void judge_report(const Reading& reading, Findings& findings);

}  // namespace hanjari::verification
