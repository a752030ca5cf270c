// The policy `leftover`: a unit shares at most one room at a venue. What is left of a unit after its full rooms, its
// rest, is planned as one class with the rests of other units (README.md, Rests).
#pragma once

#include <cstdint>
#include <vector>

#include "allocation/problem.h"

namespace hanjari::allocation {

// Who belongs to the rest of a unit, by applicant: as many as do not fill a room, those whom A (`site_of`, by
// applicant) sends where fewest others of the unit go. Nobody with an accommodation or a
// routing.
std::vector<char> choose_rests(const Problem& problem, const std::vector<std::uint32_t>& site_of);

// Seats the rests of a unit at a venue in one room together, as the policy wants: moves them between rooms of rests,
// into free rooms, and at last elsewhere. Who finds no place loses the room.
void gather_rests(const Problem& problem, std::vector<RoomIndex>& room_of);

}  // namespace hanjari::allocation
