// Exams with a plan to make papers from.
#pragma once

#include <string>
#include <vector>

#include "hanjari/domain/plan.h"

namespace hanjari::documents {

// One venue with rooms of 5 x 6 desks; `names.size()` people of one unit, `per_room` in a room.
PlannedExam exam_with(const std::vector<std::string>& names, int per_room = 15);
PlannedExam exam_of_size(int people, int per_room = 15);

// Everybody of an exam seated unit by unit into the rooms in their order, `per_room` in a room, without looking at
// travel or accommodations: a plan good enough to print.
PlannedExam fill_rooms(Exam exam, int per_room = 15);

// Of the shared founding case; nothing when it is not there.
std::vector<PlannedExam> founding_case();

}  // namespace hanjari::documents
