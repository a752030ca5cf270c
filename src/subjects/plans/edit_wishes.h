// From an officer's wish to moves of single people.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "hanjari/plans/edit_sessions.h"

namespace hanjari::services {

// What is to be moved; seats are left open except where the wish names them or re-planning gave them. `locked`: as
// EditedPlan has it. Throws InvalidInput with every fault of the wish.
EditContent content_of_wish(const Exam& exam, const Plan& plan, const EditWish& wish, const std::set<std::string>& locked);

// What a lock holds, as it is kept: people, rooms and venues may have one and the same code.
std::string lock_of_person(const ApplicantId& person);
std::string lock_of_room(const VenueCode& venue, std::int64_t room_no);
std::string lock_of_venue(const VenueCode& venue);

// The placement of a person; null when the plan has none.
const Placement* find_seat_of(const Plan& plan, ApplicantIndex person);

}  // namespace hanjari::services
