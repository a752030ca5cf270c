// A live plan that is changed in its place by moving few people.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "audit/store.h"
#include "hanjari/plans/exams.h"

namespace hanjari::storage {

// The live plan with its population, its rows locked.
struct MoveFrom {
  std::uint64_t exam_id = 0;
  std::uint64_t population = 0;
  std::uint64_t plan_id = 0;
};

// Whether the rows of the live plan can become those of `moved`: nobody else's plan has these people, and nothing differs
// but routings and seats of few. Otherwise exam and plan are copied.
bool may_move_in_place(Connection& connection, const MoveFrom& from, const services::MovedPlan& moved);

// Writes what the moved people have now, and keeps what they had for the earlier plan, which gets a row of its own with
// its steps of approval and its place among the live plans there were. `time`: see sql_time.
void move_in_place(Connection& connection, const FieldCipher& cipher, const MoveFrom& from,
                   const services::MovedPlan& moved, const std::string& time);

// What people have that were moved in the place of a plan since `known`; nothing where that is not how the live plan came
// about. As ExamRepository::find_live_moves, in one snapshot.
std::optional<services::LiveMoves> read_live_moves(Connection& connection, const FieldCipher& cipher, const Exam& exam,
                                                   const services::LivePointer& known);

}  // namespace hanjari::storage
