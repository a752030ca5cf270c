// Duties of so many venues that people are shown the nearest first and the others by price: against the Hungarian
// method, which knows all at once.
#include <gtest/gtest.h>

#include "hanjari/staffing/staff.h"
#include "staffing/many_venues.h"

namespace hanjari::staffing {
namespace {

TEST(StaffExamOfManyVenues, IsEqualToTheHungarianMethodAtEveryLevel) {
  int unfilled = 0;
  int filled = 0;
  for (std::uint64_t number = 0; number < 12; ++number) {
    const bool keeps = number % 2 == 1;
    SCOPED_TRACE("case " + std::to_string(number));
    const SmallCase of = draw_case_of_many_venues(number, keeps);
    ASSERT_GT(of.exam.venues.size(), 21U);
    const auto best = worth_of(of, best_by_hungarian_method(of));
    ASSERT_TRUE(best.has_value());
    const DutyRows rows = staff_exam(of.exam, of.plan, of.staff, keeps ? &of.old : nullptr);
    const auto judged = worth_of(of, rows.duties);
    ASSERT_TRUE(judged.has_value()) << "the duties break a rule";
    EXPECT_EQ(*judged, *best);
    EXPECT_EQ(worth_in(rows.report), *best);
    EXPECT_EQ(rows.report.unfilled_bound, best->unfilled);
    EXPECT_EQ(rows.report.load_bound, rows.report.load);
    EXPECT_EQ(rows.report.travel_m.bound, best->travel);
    if (keeps) {
      EXPECT_EQ(rows.report.changed->bound, best->changed);
    }
    ++(best->unfilled > 0 ? unfilled : filled);
  }
  EXPECT_GT(unfilled, 1);
  EXPECT_GT(filled, 1);
}

}  // namespace
}  // namespace hanjari::staffing
