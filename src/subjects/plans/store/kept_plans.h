// Earlier plans and populations without rows of their own: a decision on few people changes the rows of the live plan in
// their place and notes in moved_seats what the moved people had, so that the earlier plan is still there to the last
// byte.
#pragma once

#include <cstdint>

#include "audit/store.h"
#include "hanjari/domain/plan.h"
#include "plans/store/exam_rows.h"

namespace hanjari::storage {

// Where the rows of a plan stand.
struct PlanRowsAt {
  std::uint64_t plan_id = 0;     // that placements, over_detour, plan_steps and others name
  std::uint64_t population = 0;  // of that plan
  std::int64_t steps = 0;        // how many of its steps belong to the plan
  bool earlier = false;          // what moved_seats says is to be put back
};
PlanRowsAt find_plan_rows(Connection& connection, std::uint64_t plan_id);
// The population whose people and places a population has: itself, or a later one.
std::uint64_t find_population_rows(Connection& connection, std::uint64_t population);

// Puts back what an earlier population and an earlier plan had. `rows`: find_population_rows. Placements and over_detour
// stand in the order of their people, before and after.
void put_back_routings(Connection& connection, const FieldCipher& cipher, std::uint64_t population, std::uint64_t rows,
                       Exam& exam, Unopened unopened);
void put_back_seats(Connection& connection, std::uint64_t plan_id, const PlanRowsAt& at, const Exam& exam, Plan& plan);

// Gives an earlier population rows of its own, before a plan is stored with it; nothing where it has them. `exam`: what
// the population is.
void give_rows_to_population(Connection& connection, const FieldCipher& cipher, std::uint64_t population,
                             const Exam& exam);
// The same of a plan with its population, before it goes live; nothing where it has them.
void give_rows_to_plan(Connection& connection, const FieldCipher& cipher, std::uint64_t plan_id);

}  // namespace hanjari::storage
