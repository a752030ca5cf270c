// The gap of a plan in the making, from what its job said.
#include <gtest/gtest.h>

#include "hanjari/plans/gap_curve.h"

namespace hanjari::services {
namespace {

using namespace std::chrono_literals;

const Instant curve_began{std::chrono::seconds(1'800'000'000)};

JobPoint said(const char* stage, int starts, std::uint64_t round, std::int64_t figure, std::chrono::seconds after) {
  return {stage, starts, round, figure, curve_began + after};
}

TEST(GapCurve, BeginsWhereBothAPlanAndABoundAreKnown) {
  EXPECT_TRUE(gap_curve({}).empty());
  EXPECT_TRUE(gap_curve({said("lower bound", 1, 1, 80, 0s), said("lower bound", 1, 2, 90, 1s)}).empty());
  const auto curve = gap_curve({said("lower bound", 1, 1, 90, 0s), said("improving", 1, 1, 120, 2s),
                                said("Storing placements", 1, 9, 7, 3s), said("improving", 1, 2, 100, 4s)});
  ASSERT_EQ(curve.size(), 2U);
  EXPECT_EQ(curve[0].total, 120);
  EXPECT_DOUBLE_EQ(curve[0].gap(), 0.25);
  EXPECT_EQ(curve[1].after, 4s);
  EXPECT_EQ(curve[1].rounds, 2);
  EXPECT_DOUBLE_EQ(curve[1].gap(), 0.1);
}

// Red while the figures of a start that a crash broke off stood before those of the next.
TEST(GapCurve, IsOfTheLastStartAndNeverRises) {
  const auto curve = gap_curve({said("lower bound", 1, 1, 99, 0s), said("improving", 1, 1, 100, 1s),
                                said("lower bound", 2, 1, 50, 60s), said("improving", 2, 1, 200, 61s),
                                said("improving", 2, 2, 250, 62s), said("lower bound", 2, 2, 40, 63s)});
  ASSERT_EQ(curve.size(), 3U);
  EXPECT_EQ(curve[0].bound, 50);
  EXPECT_EQ(curve[0].after, 1s);
  for (std::size_t at = 1; at < curve.size(); ++at) EXPECT_LE(curve[at].gap(), curve[at - 1].gap());
}

}  // namespace
}  // namespace hanjari::services
