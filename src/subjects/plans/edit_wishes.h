// From an officer's wish to moves of single people.
#pragma once

#include <vector>

#include "hanjari/plans/edit_sessions.h"

namespace hanjari::services {

// What is to be moved, seats left open. Throws InvalidInput with every fault of the wish.
EditContent content_of_wish(const Exam& exam, const Plan& plan, const EditWish& wish);

// The placement of a person; null when the plan has none.
const Placement* find_seat_of(const Plan& plan, ApplicantIndex person);

}  // namespace hanjari::services
