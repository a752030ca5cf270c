// Re-planning of small exams: the fewest changes, proven.
#pragma once

#include <optional>
#include <vector>

#include "hanjari/exact/solve.h"
#include "hanjari/seating/reseat.h"
#include "replanning/change_problem.h"

namespace hanjari::replanning {

struct ExactChange {
  exact::Answer answer;
  // Lower bounds of people who change venue, and of those who leave their room; 0 where not everybody has a seat.
  Count floor_venue = 0;
  Count floor_left_room = 0;
};

// `start` is a plan to begin with, by applicant. Nothing when the exam is not small.
std::optional<ExactChange> change_exactly(const ChangeProblem& problem, seating::Reseating& seats,
                                          const std::vector<RoomIndex>& start);

}  // namespace hanjari::replanning
