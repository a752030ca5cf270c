// What the allocation claims by its own bounds and proofs, held against the best plan there is.
#include <gtest/gtest.h>

#include "exact/random_exam.h"
#include "hanjari/allocation/allocate.h"

namespace hanjari::exact {
namespace {

constexpr std::uint64_t exams = 60;

Exam make_exam(std::uint64_t number) {
  return make_random_exam(number, {.people = 12, .venues = 3, .rooms = 10, .largest = 12});
}

// Without rounds the exact method has no part in it.
Assignment allocate_alone(const Exam& exam) {
  allocation::Limits limits;
  limits.rounds = 0;
  return allocation::allocate(exam, Seed{}, limits, system_clock(), no_progress());
}

TEST(Truth, NoBoundIsAboveTheBestPlan) {
  int bounds = 0;
  for (std::uint64_t number = 1; number <= exams; ++number) {
    const Exam exam = make_exam(number);
    const std::vector<int> capacities = capacities_of(exam);
    const Question question{.exam = &exam, .capacity = &capacities};
    const auto best = solve(question, {});
    ASSERT_TRUE(best.has_value());
    const Assignment assignment = allocate_alone(exam);
    if (assignment.status == PlanStatus::infeasible) {
      EXPECT_GT(best->values.unseated, 0) << number;
    }
    if (best->values.unseated > 0 || !assignment.bound) continue;
    const auto own = judge(question, assignment.room_of);
    ASSERT_TRUE(own.has_value()) << number;
    ++bounds;
    EXPECT_GE(*own, best->values) << number;
    if (own->over_cap == best->values.over_cap) {
      EXPECT_LE(assignment.bound->total, best->values.total) << number;
    }
  }
  EXPECT_GT(bounds, 10);
}

// Under `leftover` a first plan is not exact yet (src/core/exact/README.md), and a search may use up its work; but what is
// called optimal is, and nearly every plan is as good as the best.
TEST(Truth, SmallExamsGetTheBestPlan) {
  int seen = 0;
  int best_found = 0;
  for (std::uint64_t number = 1; number <= exams; ++number) {
    const Exam exam = make_exam(number);
    if (exam.policy.mixing == Mixing::leftover) continue;
    const std::vector<int> capacities = capacities_of(exam);
    const Question question{.exam = &exam, .capacity = &capacities};
    const auto best = solve(question, {.work = 3'000'000'000});
    const Assignment assignment = allocation::allocate(exam, Seed{}, {}, system_clock(), no_progress());
    const auto own = judge(question, assignment.room_of);
    ASSERT_TRUE(best.has_value() && own.has_value()) << number;
    ++seen;
    best_found += *own == best->values ? 1 : 0;
    EXPECT_GE(*own, best->values) << number;
    if (assignment.status == PlanStatus::optimal) EXPECT_EQ(*own, best->values) << number;
    if (assignment.status == PlanStatus::infeasible) EXPECT_GT(best->values.unseated, 0) << number;
  }
  EXPECT_GE(best_found * 10, seen * 9) << best_found << " of " << seen;
}

}  // namespace
}  // namespace hanjari::exact
