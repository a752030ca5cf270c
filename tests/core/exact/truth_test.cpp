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

TEST(Truth, SmallExamsGetTheBestPlan) {
  for (std::uint64_t number = 1; number <= exams; ++number) {
    const Exam exam = make_exam(number);
    const std::vector<int> capacities = capacities_of(exam);
    const Question question{.exam = &exam, .capacity = &capacities};
    const auto best = solve(question, {});
    const Assignment assignment = allocation::allocate(exam, Seed{}, {}, system_clock(), no_progress());
    const auto own = judge(question, assignment.room_of);
    ASSERT_TRUE(best.has_value() && own.has_value()) << number;
    EXPECT_EQ(*own, best->values) << number;
    EXPECT_EQ(assignment.status, best->values.unseated > 0 ? PlanStatus::infeasible : PlanStatus::optimal) << number;
  }
}

}  // namespace
}  // namespace hanjari::exact
