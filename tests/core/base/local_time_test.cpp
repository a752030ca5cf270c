#include "hanjari/base/local_time.h"

#include <gtest/gtest.h>

namespace hanjari {
namespace {

Instant at(std::int64_t seconds) {
  return Instant(std::chrono::seconds(seconds));
}

TEST(LocalTime, IsThatOfTheClockOnTheWall) {
  // 2021-06-04T15:30:00Z is half past midnight in Seoul on the fifth.
  const LocalTime seoul = local_time(at(1'622'820'600), "Asia/Seoul");
  EXPECT_EQ(format_date(seoul.day), "2021-06-05");
  EXPECT_EQ(seoul.minute, 30);
  EXPECT_TRUE(seoul.known);
  // Summer time.
  EXPECT_EQ(local_time(at(1'622'820'600), "Europe/Berlin").minute, 17 * 60 + 30);
}

TEST(LocalTime, OfAnUnknownZoneIsUtcAndSaysSo) {
  const LocalTime unknown = local_time(at(1'622'820'600), "Mars/Olympus");
  EXPECT_FALSE(unknown.known);
  EXPECT_EQ(format_date(unknown.day), "2021-06-04");
}

TEST(LocalTime, CountsDaysBeforeTheEpochDownwards) {
  EXPECT_EQ(format_date(local_time(at(-1), "UTC").day), "1969-12-31");
  EXPECT_EQ(local_time(at(-1), "UTC").minute, 24 * 60 - 1);
}

TEST(LocalTime, IsFoundBackFromWhatTheClockShows) {
  for (const char* zone : {"Asia/Seoul", "UTC", "America/New_York", "Asia/Kathmandu"}) {
    for (int hour = 0; hour < 24 * 365; hour += 7) {
      const Instant instant{std::chrono::hours(24 * 365 * 51 + hour) + std::chrono::minutes(13)};
      const LocalTime local = local_time(instant, zone);
      const LocalTime again = local_time(instant_of(local.day, local.minute, zone), zone);
      ASSERT_EQ(again.day, local.day) << zone << " " << hour;
      ASSERT_EQ(again.minute, local.minute) << zone << " " << hour;
    }
  }
}

TEST(TimeZone, IsANameOfTheDatabaseAndNothingElse) {
  for (const char* zone : {"Asia/Seoul", "America/New_York", "Europe/Berlin", "America/Argentina/Buenos_Aires", "UTC"})
    EXPECT_TRUE(is_time_zone(zone)) << zone;
  for (const char* zone : {"Asia/Soul", "Foo/Bar", "KST", "EST", "+09:00", "GMT+9", "asia/seoul", "", "/etc/passwd",
                           "Asia/", "Asia/Seoul ", "Etc/Unknown"})
    EXPECT_FALSE(is_time_zone(zone)) << zone;
}

TEST(FormatLocal, SaysTheMomentAndItsDistanceFromUtc) {
  const Instant moment = *parse_instant("2027-03-02T00:00:30Z");
  EXPECT_EQ(format_local(moment, "Asia/Seoul"), "2027-03-02T09:00:30+09:00");
  EXPECT_EQ(format_local(moment, "America/New_York"), "2027-03-01T19:00:30-05:00");
  EXPECT_EQ(format_local(moment, "Asia/Kathmandu"), "2027-03-02T05:45:30+05:45");
  EXPECT_EQ(format_local(moment, "UTC"), "2027-03-02T00:00:30+00:00");
  for (const char* zone : {"Asia/Seoul", "America/New_York", "Asia/Kathmandu", "UTC"})
    EXPECT_EQ(parse_instant(format_local(moment, zone)), moment) << zone;
}

}  // namespace
}  // namespace hanjari
