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

TEST(TimeOfDay, IsReadAsPeopleAndSpreadsheetsWriteIt) {
  for (const char* nine_twenty : {"09:20", "9:20", " 9:20 ", "09:20:00", "9:20 AM", "오전 9:20", "오전 9:20:00", "０９：２０",
                                  "9:20 am", "9시 20분", "9시20분", "오전 9시 20분", "1899-12-30 09:20:00", "1900-01-00 9:20"})
    EXPECT_EQ(parse_time_of_day(nine_twenty), 9 * 60 + 20) << nine_twenty;
  EXPECT_EQ(parse_time_of_day("00:00"), 0);
  EXPECT_EQ(parse_time_of_day("23:59"), 23 * 60 + 59);
  EXPECT_EQ(parse_time_of_day("오후 2:00"), 14 * 60);
  EXPECT_EQ(parse_time_of_day("12:30 PM"), 12 * 60 + 30);
  EXPECT_EQ(parse_time_of_day("12:30 AM"), 30);
  EXPECT_EQ(parse_time_of_day("10시"), 600);
  EXPECT_EQ(parse_time_of_day("10시 5분"), 605);
  EXPECT_EQ(parse_time_of_day("10 am"), 600);
  EXPECT_EQ(parse_time_of_day("오후 2"), 14 * 60);
  EXPECT_EQ(parse_time_of_day("오전"), std::nullopt);
  EXPECT_EQ(parse_time_of_day("13 pm"), std::nullopt);
  for (const char* none : {"", "9", "920", "24:00", "9:60", "9:5", ":20", "9:", "9:20:30", "9:20:00:00", "0.3889", "오후 13:00",
                           "-9:20", "9.20", "noon", "시 20분", "9시 60분", "2027-06-12 09:20", "9시 20분 30초"})
    EXPECT_EQ(parse_time_of_day(none), std::nullopt) << none;
  for (int minute = 0; minute < 24 * 60; ++minute)
    ASSERT_EQ(parse_time_of_day(format_time_of_day(minute)), minute);
}

// Red while a moment was read in one spelling alone, and dates and times by themselves in all.
TEST(TypedMoment, IsReadAsPeopleAndSpreadsheetsWriteIt) {
  const Date day = *parse_date("2026-12-01");
  for (const char* typed :
       {"2026-12-01 04:28", "2026-12-01 오전 4:28:00", "2026.12.1 오전 4:28", "2026-12-01 4:28 AM", "2026. 12. 1. 4:28",
        "2026년 12월 1일 04시 28분", "2026년12월1일04시28분", "2026-12-01T04:28", "2026-12-01T04:28:00", "2026-12-01(화) 04:28",
        "2026년 12월 1일 화요일 오전 4:28", "２０２６－１２－０１　０４：２８", "2026/12/1오전 4:28", " 2026-12-01  04:28 ", "20261201 04:28"}) {
    const auto moment = parse_typed_moment(typed);
    ASSERT_TRUE(moment) << typed;
    EXPECT_EQ(moment->day, day) << typed;
    EXPECT_EQ(moment->minute, 4 * 60 + 28) << typed;
    EXPECT_EQ(moment->second, 0) << typed;
  }
  for (const char* typed : {"2026-12-01 23:59:07", "2026-12-01 오후 11:59:07", "2026-12-01 11:59:07 PM", "2026년 12월 1일 23시 59분 7초"}) {
    const auto moment = parse_typed_moment(typed);
    ASSERT_TRUE(moment) << typed;
    EXPECT_EQ(moment->minute, 23 * 60 + 59) << typed;
    EXPECT_EQ(moment->second, 7) << typed;
  }
  EXPECT_EQ(parse_typed_moment("2026-12-01 오전 12:00")->minute, 0);
  EXPECT_EQ(parse_typed_moment("2026-12-01 12:00 PM")->minute, 12 * 60);
  for (const char* none : {"", "2026-12-01", "04:28", "오전 4:28", "2026-12-01 4", "2026-02-30 04:28", "2026-12-01 24:00", "46357.186",
                           "2026-12-01 04:28:61", "2026-12-01 04:28:0", "2026-12-01 04:28 or so", "12/1/2026 4:28 AM"})
    EXPECT_FALSE(parse_typed_moment(none)) << none;
  std::string long_text = "2026-12-01";
  for (int more = 0; more < 300'000; ++more) long_text += " 1";
  EXPECT_FALSE(parse_typed_moment(long_text)) << "nor is it tried for hours";
}

TEST(TimeOfDay, SaysItsZone) {
  EXPECT_EQ(name_time_zone(at(1'622'820'600), "Asia/Seoul").ko, "한국시간");
  EXPECT_EQ(name_time_zone(at(1'622'820'600), "Asia/Seoul").en, "KST");
  EXPECT_EQ(name_time_zone(at(1'622'820'600), "America/New_York").en, "UTC-4");
  EXPECT_EQ(name_time_zone(at(1'622'820'600), "Asia/Kathmandu").en, "UTC+5:45");
  EXPECT_EQ(name_time_zone(at(1'622'820'600), "Mars/Olympus").en, "UTC");
}

TEST(Weekday, OfEveryDayFollowsTheOneBefore) {
  EXPECT_EQ(name_weekday(*parse_date("2021-06-05")).ko, "토");
  EXPECT_EQ(name_weekday(*parse_date("1969-12-31")).en, "Wed");
  EXPECT_EQ(name_weekday(*parse_date("0001-01-01")).en, "Mon");
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

// Red with the sanitizers: a year of four digits, as it is typed for the end of a term or a release, is more nanoseconds than there are.
TEST(LocalTime, OfDaysBeyondAllMomentsIsThatOfTheLast) {
  for (const char* zone : {"UTC", "Asia/Seoul", "America/New_York"}) {
    EXPECT_EQ(instant_of(*parse_date("9999-12-31"), 600, zone), instant_of(Date{106'000}, 600, zone)) << zone;
    EXPECT_EQ(instant_of(*parse_date("2262-04-12"), 0, zone), instant_of(Date{106'000}, 0, zone)) << zone;
    EXPECT_EQ(instant_of(*parse_date("0001-01-01"), 1440, zone), instant_of(Date{-106'000}, 1440, zone)) << zone;
    EXPECT_GT(instant_of(*parse_date("9999-12-31"), 0, zone), instant_of(*parse_date("2199-12-31"), 0, zone)) << zone;
  }
}

}  // namespace
}  // namespace hanjari
