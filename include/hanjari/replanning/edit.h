// An officer's wishes carried out on a plan. Whether the result is lawful is for the verifier to say.
#pragma once

#include <vector>

#include "hanjari/base/fault.h"
#include "hanjari/base/random.h"
#include "hanjari/domain/history.h"
#include "hanjari/domain/plan.h"

namespace hanjari::replanning {

// What is wrong with the moves on this plan, as apply_moves and find_pinned_moves refuse it. Fields that are empty or 0 were told when the
// file was read and are passed over.
Faults find_move_faults(const Exam& exam, const Plan& plan, const std::vector<HandMove>& moves);

// Of these the moves against pins: of people who are pinned to another place than that to which they are moved, and of those who
// sit in a pinned room or venue and would leave their room. A venue that is `given_up` takes its own pins and those of its rooms with it.
Faults find_pinned_moves(const Exam& exam, const Plan& plan, const std::vector<HandMove>& moves,
                         VenueIndex given_up = VenueIndex::none());

// The plan after all moves at once: nobody else moves, numbers stay, everybody who is moved gets the seat named or one
// that leaves the most space. Somebody of the exam who has no seat in the plan is seated in the same way, with the next
// number of the unit that was never given; of several the one whose move comes first gets the lower number. A room with more people than seats is filled all the same, for the verifier to find.
// Figures are those of the new placements; replanned_from is the digest of the plan. The seed of the plan draws seats.
// Throws InvalidInput naming lines of `moves.csv` for people, rooms and seats that are not there and for people moved
// twice. Pins are not asked: moves of a history are done again as they were done.
Plan apply_moves(const Exam& exam, const Plan& plan, const std::vector<HandMove>& moves);

}  // namespace hanjari::replanning
