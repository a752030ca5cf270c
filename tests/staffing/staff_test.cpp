// Duties against brute force: equal at every level, and every level proven.
#include <gtest/gtest.h>

#include <algorithm>

#include "hanjari/staffing/staff.h"
#include "staffing/small_case.h"

namespace hanjari::staffing {

void PrintTo(const Worth& worth, std::ostream* out) {
  *out << "rooms unfilled " << worth.room_unfilled << ", unfilled " << worth.unfilled << ", changed " << worth.changed
       << ", load";
  for (const auto load : worth.load) *out << " " << load;
  *out << ", pairs " << worth.pairs << ", travel " << worth.travel;
}

namespace {

void expect_as_by_trying(std::uint64_t number, bool keeps, int& with_pairs, int& unfilled) {
  SCOPED_TRACE("case " + std::to_string(number) + (keeps ? " with old duties" : ""));
  const SmallCase small = draw_case(number, keeps);
  const DutyRows rows = staff_exam(small.exam, small.plan, small.staff, keeps ? &small.old : nullptr);
  const Worth best = best_by_trying(small);
  EXPECT_EQ(worth_in(rows.report), best);
  const auto judged = worth_of(small, rows.duties);
  ASSERT_TRUE(judged.has_value()) << "the duties break a rule";
  EXPECT_EQ(*judged, best);
  const DutyReport& report = rows.report;
  EXPECT_EQ(report.unfilled_bound, best.unfilled);
  EXPECT_EQ(report.room_unfilled_bound, best.room_unfilled);
  EXPECT_EQ(report.load_bound, report.load);
  EXPECT_EQ(report.past_pairs.bound, best.pairs);
  EXPECT_EQ(report.travel_m.bound, best.travel);
  if (keeps) {
    EXPECT_EQ(report.changed->bound, best.changed);
  }
  EXPECT_EQ(std::ssize(rows.unfilled), best.unfilled);
  EXPECT_EQ(report.status, best.unfilled == 0 ? StaffingStatus::filled : StaffingStatus::infeasible);
  EXPECT_EQ(report.shortages.empty(), best.unfilled == 0);
  if (best.pairs > 0) ++with_pairs;
  if (best.unfilled > 0) ++unfilled;
}

TEST(StaffExam, IsEqualToBruteForceAtEveryLevel) {
  int with_pairs = 0;
  int unfilled = 0;
  for (std::uint64_t number = 0; number < 1000; ++number) expect_as_by_trying(number, false, with_pairs, unfilled);
  EXPECT_GT(with_pairs, 20);
  EXPECT_GT(unfilled, 200);
}

TEST(StaffExam, IsEqualToBruteForceWithOldDutiesToKeep) {
  int with_pairs = 0;
  int unfilled = 0;
  for (std::uint64_t number = 0; number < 1000; ++number) expect_as_by_trying(number, true, with_pairs, unfilled);
  EXPECT_GT(with_pairs, 20);
}

}  // namespace
}  // namespace hanjari::staffing
