#include "hanjari/allocation/detour_caps.h"

#include <gtest/gtest.h>

#include "allocation/small_exam.h"

namespace hanjari::allocation {
namespace {

TEST(DetourCaps, CostMoreTheTighterTheyAreAndEndWhereTheyCannotBeKept) {
  for (std::uint64_t number = 0; number < 10; ++number) {
    const Exam exam =
        make_small_exam(number, {.people = 150, .units = 3, .venues = 8, .rooms_per_venue = 6, .special = false});
    const std::vector<CapPoint> points = trace_detour_caps(exam, 8, 1, no_progress());
    ASSERT_GE(points.size(), 2U);
    EXPECT_FALSE(points.front().cap_m);
    for (std::size_t i = 1; i < points.size(); ++i) {
      ASSERT_TRUE(points[i].cap_m);
      if (points[i].over > 0) {
        EXPECT_EQ(i + 1, points.size()) << "only the last cannot be kept";
        EXPECT_EQ(points[i - 1].over, 0);
        if (points[i - 1].cap_m) {
          EXPECT_EQ(*points[i - 1].cap_m - *points[i].cap_m, 100) << "exam " << number;
        }
        continue;
      }
      EXPECT_LE(points[i].longest_m, *points[i].cap_m);
      EXPECT_GE(points[i].travel_m, points[i - 1].travel_m);
      EXPECT_EQ(points[i].unseated, points[0].unseated);
    }
  }
}

TEST(DetourCaps, AreTheSameForAnyNumberOfThreads) {
  const Exam exam = make_small_exam(3, {.people = 150, .venues = 8, .rooms_per_venue = 6});
  const auto one = trace_detour_caps(exam, 6, 1, no_progress());
  const auto four = trace_detour_caps(exam, 6, 4, no_progress());
  ASSERT_EQ(one.size(), four.size());
  for (std::size_t i = 0; i < one.size(); ++i) {
    EXPECT_EQ(one[i].cap_m, four[i].cap_m);
    EXPECT_EQ(one[i].travel_m, four[i].travel_m);
    EXPECT_EQ(one[i].over, four[i].over);
  }
}

}  // namespace
}  // namespace hanjari::allocation
