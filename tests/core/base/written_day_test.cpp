#include "hanjari/base/written_day.h"

#include <gtest/gtest.h>

#include "hanjari/base/local_time.h"

namespace hanjari {
namespace {

// Red when the clock is another than the zone's, or does not say whose it is.
TEST(WrittenDay, SaysTheMomentByTheClockOfTheZone) {
  const Instant at = instant_of(parse_date("2027-01-01").value(), 14 * 60 + 3, "Asia/Seoul");
  EXPECT_EQ(write_plain_moment(at, "Asia/Seoul").ko, "2027년 1월 1일 14:03 (한국시간)");
  EXPECT_EQ(write_plain_moment(at, "Asia/Seoul").en, "1 January 2027 14:03 (KST)");
  EXPECT_EQ(write_plain_moment(at, "no/such").en, "1 January 2027 05:03 (UTC)");
}

// Red when a deadline at midnight names the day after the last one that counts.
TEST(WrittenDay, SaysADeadlineAtMidnightByTheDayThatEnds) {
  const Instant midnight = instant_of(parse_date("2026-12-03").value(), 0, "Asia/Seoul");
  EXPECT_EQ(write_plain_deadline(midnight, "Asia/Seoul").ko, "2026년 12월 2일 24:00 (한국시간)");
  EXPECT_EQ(write_plain_deadline(midnight, "Asia/Seoul").en, "2 December 2026 24:00 (KST)");
  const Instant noon = midnight + std::chrono::hours(12);
  EXPECT_EQ(write_plain_deadline(noon, "Asia/Seoul").ko, write_plain_moment(noon, "Asia/Seoul").ko);
}

TEST(WrittenDay, SaysTheDayInWordsWithoutItsWeekday) {
  EXPECT_EQ(write_plain_day(parse_date("2027-01-01").value()).ko, "2027년 1월 1일");
  EXPECT_EQ(write_plain_day(parse_date("2027-12-31").value()).en, "31 December 2027");
}

}  // namespace
}  // namespace hanjari
