// Why somebody has no seat after a change, and which rooms would help.
#pragma once

#include <vector>

#include "hanjari/base/random.h"
#include "hanjari/replanning/replan.h"
#include "replanning/change_problem.h"

namespace hanjari::replanning {

// Fills plan.unseated with a reason for everybody without a room.
void explain_unseated(const ChangeProblem& problem, const std::vector<RoomIndex>& room_of, Plan& plan);

// True for reasons that hold whatever rooms the others have.
bool is_proof(const Unseated& unseated);

// The fewest further rooms that seat everybody by the count of rooms and classes, placed where they spare most moves;
// they are added to `larger`, a copy of the exam.
std::vector<MissingRooms> find_missing_rooms(const ChangeProblem& problem, const Seed& seed, Exam& larger);

// Sentences for report.conflicts.
void add_conflicts(const ChangeProblem& problem, Replanned& result);

}  // namespace hanjari::replanning
