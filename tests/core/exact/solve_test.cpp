#include "hanjari/exact/solve.h"

#include <gtest/gtest.h>

#include "exact/random_exam.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/seating/seats.h"
#include "hanjari/verification/verify.h"

namespace hanjari::exact {
namespace {

std::string tell(const Values& values) {
  return std::to_string(values.unseated) + " unseated, " + std::to_string(values.changed) + " changed, " +
         std::to_string(values.farther) + " farther, " + std::to_string(values.over_cap) + " over, " + std::to_string(values.total);
}

// What holds of every answer: the plan is lawful and worth what is said, no bound is above it.
void expect_sound(const Question& question, const Answer& answer, const std::string& where) {
  const auto values = judge(question, answer.room_of);
  ASSERT_TRUE(values.has_value()) << where;
  EXPECT_EQ(tell(*values), tell(answer.values)) << where;
  EXPECT_LE(answer.bound.unseated, answer.values.unseated) << where;
  EXPECT_LE(answer.bound.changed, answer.values.changed) << where;
  EXPECT_LE(answer.bound.farther, answer.values.farther) << where;
  EXPECT_LE(answer.bound.over_cap, answer.values.over_cap) << where;
  EXPECT_LE(answer.bound.total, answer.values.total) << where;
}

TEST(Exact, EqualsTheBestOfAllPlans) {
  int compared = 0;
  for (std::uint64_t number = 1; number <= 60; ++number) {
    const Exam exam = make_random_exam(number, {.people = 5, .venues = 2, .rooms = 4, .largest = 3});
    const std::vector<int> capacities = capacities_of(exam);
    const Question question{.exam = &exam, .capacity = &capacities};
    const auto answer = solve(question, {});
    ASSERT_TRUE(answer.has_value());
    const std::string where = "exam " + std::to_string(number);
    expect_sound(question, *answer, where);
    EXPECT_TRUE(answer->proven()) << where;
    const auto best = try_every_plan(question);
    if (!best) continue;
    ++compared;
    EXPECT_EQ(tell(*best), tell(answer->values)) << where;
  }
  EXPECT_GT(compared, 50);
}

TEST(Exact, ChangesNoMoreThanTheBestOfAllPlans) {
  for (std::uint64_t number = 1; number <= 60; ++number) {
    const Exam exam = make_random_exam(number, {.people = 5, .venues = 2, .rooms = 4, .largest = 3});
    const std::vector<int> capacities = capacities_of(exam);
    const auto first = solve({.exam = &exam, .capacity = &capacities}, {});
    ASSERT_TRUE(first.has_value());
    const RandomChange change = change_at_random(exam, first->room_of, number);
    const std::vector<int> changed_capacities = capacities_of(change.exam);
    const Question question{.exam = &change.exam, .capacity = &changed_capacities, .standing = &change.standing};
    const auto answer = solve(question, {});
    ASSERT_TRUE(answer.has_value());
    const std::string where = "change " + std::to_string(number);
    expect_sound(question, *answer, where);
    EXPECT_TRUE(answer->proven()) << where;
    const auto best = try_every_plan(question);
    ASSERT_TRUE(best.has_value());
    EXPECT_EQ(tell(*best), tell(answer->values)) << where;
  }
}

TEST(Exact, ProvesExamsOfTheSizeOfASmallBody) {
  for (std::uint64_t number = 1; number <= 12; ++number) {
    const Exam exam = make_random_exam(number, {.people = 20, .venues = 3, .rooms = 9, .largest = 10});
    const std::vector<int> capacities = capacities_of(exam);
    const Question question{.exam = &exam, .capacity = &capacities};
    const auto answer = solve(question, {.work = 3'000'000'000});
    ASSERT_TRUE(answer.has_value());
    expect_sound(question, *answer, "exam " + std::to_string(number));
    EXPECT_TRUE(answer->proven()) << number;
  }
}

// What the verifier, which shares nothing with the search, has against the plan.
std::string objections(const Exam& exam, const Answer& answer) {
  Assignment assignment{.room_of = answer.room_of};
  for (std::size_t person = 0; person < answer.room_of.size(); ++person) {
    if (answer.room_of[person].exists()) continue;
    assignment.unseated.push_back({.applicant = ApplicantIndex(person), .reason = "no_capacity"});
  }
  const Plan plan = seating::seat(exam, assignment, Seed{});
  std::string all;
  for (const auto& found : verification::verify_plan(exam, package::rows_of_plan(exam, plan)).violations) {
    all += found.code + " " + found.subject + ": " + found.message.en + "\n";
  }
  return all;
}

class ExactUnderMixing : public testing::TestWithParam<Mixing> {};

// With little work the plan is what rounding the relaxed answer gave, with much what the search went down to.
TEST_P(ExactUnderMixing, EveryPlanPassesTheVerifier) {
  int shared = 0;
  for (std::uint64_t number = 1; number <= 25; ++number) {
    // Few rooms in one venue for many units: everybody would like to share them all.
    Exam exam = make_random_exam(number, {.people = number % 2 == 0 ? 40 : 60, .venues = 1, .rooms = 9, .largest = 10});
    exam.policy.mixing = GetParam();
    const std::vector<int> capacities = capacities_of(exam);
    const Question question{.exam = &exam, .capacity = &capacities};
    for (const std::uint64_t work : std::initializer_list<std::uint64_t>{50'000, 500'000, 5'000'000}) {
      const auto answer = solve(question, {.work = work});
      ASSERT_TRUE(answer.has_value());
      const std::string where = "exam " + std::to_string(number) + ", work " + std::to_string(work);
      expect_sound(question, *answer, where);
      EXPECT_EQ(objections(exam, *answer), "") << where;
      exam.policy.mixing = Mixing::never;
      shared += judge(question, answer->room_of) ? 0 : 1;
      exam.policy.mixing = GetParam();
    }
  }
  EXPECT_GE(shared, GetParam() == Mixing::never ? 0 : 10);
}

INSTANTIATE_TEST_SUITE_P(EveryPolicy, ExactUnderMixing,
                         testing::Values(Mixing::never, Mixing::same_series, Mixing::leftover, Mixing::free));

TEST(Exact, SaysWhatItKnowsWhenTheWorkIsUsedUp) {
  for (std::uint64_t number = 1; number <= 12; ++number) {
    const Exam exam = make_random_exam(number, {.people = 20, .venues = 3, .rooms = 9, .largest = 10});
    const std::vector<int> capacities = capacities_of(exam);
    const Question question{.exam = &exam, .capacity = &capacities};
    const auto best = solve(question, {});
    Budget budget;
    budget.work = 20'000;
    const auto answer = solve(question, budget);
    ASSERT_TRUE(best.has_value() && answer.has_value());
    expect_sound(question, *answer, "exam " + std::to_string(number));
    EXPECT_GE(answer->values, best->values) << number;
    EXPECT_LE(answer->bound.unseated, best->values.unseated) << number;
  }
}

}  // namespace
}  // namespace hanjari::exact
