// Small random exams of every kind the contract knows, and published plans of them that have changed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hanjari/exact/solve.h"

namespace hanjari::exact {

struct RandomShape {
  int people = 20;
  int venues = 3;
  int rooms = 9;     // in all
  int largest = 10;  // desks of a room
};

// Draws the policy, too. The same number gives the same exam.
Exam make_random_exam(std::uint64_t number, const RandomShape& shape);

// A case of re-planning: the changed exam and where everybody stood.
struct RandomChange {
  Exam exam;
  Standing standing;
};
// `plan` is of the exam; some rooms, people and policies are other than they were.
RandomChange change_at_random(const Exam& exam, const std::vector<RoomIndex>& plan, std::uint64_t number);

std::vector<int> capacities_of(const Exam& exam);

// Every way to put people into rooms, tried one by one; for a handful of people and rooms. Nothing when there are too
// many ways.
std::optional<Values> try_every_plan(const Question& question);

}  // namespace hanjari::exact
