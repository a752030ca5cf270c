#include "hanjari/base/typed_date.h"

#include <gtest/gtest.h>

#include <fmt/format.h>

namespace hanjari {
namespace {

TEST(TypedDate, IsReadAsPeopleAndSpreadsheetsWriteIt) {
  for (const char* date : {"1999-01-02", "1999/1/2", "1999. 1. 2.", "19990102", "1999년 1월 2일", "1999-01-02 00:00:00",
                           "１９９９－０１－０２", " 1999.01.02 ", "1999년 1월 2일 토요일", "1999 - 1 - 2"})
    EXPECT_EQ(parse_typed_date(date), parse_date("1999-01-02")) << date;
}

// "-1999-01-02" was taken for 1999-01-02.
TEST(TypedDate, IsNothingWithASignBeforeItOrTwoBetween) {
  for (const char* none : {"", "-1999-01-02", "/1999/1/2", ".1999.1.2", "년 1999-01-02", "1999--1-2", "1999-01--02", "1999/-1/2",
                           "99-01-02", "1999", "36162", "1999-02-29", "1999-01-02 10:00", "+1999-01-02"})
    EXPECT_EQ(parse_typed_date(none), std::nullopt) << none;
}

TEST(TypedDate, OfEveryDayIsThatOfItsNumber) {
  EXPECT_EQ(day_of_serial_number("36162"), parse_date("1999-01-02"));
  EXPECT_EQ(day_of_serial_number("36162.5"), parse_date("1999-01-02"));
  for (const char* none : {"", "3616", "361620", "36162.5.1", "-36162", "9999", "3616a"})
    EXPECT_EQ(day_of_serial_number(none), std::nullopt) << none;
}

// Whatever number of decimals is left of it, as few as five.
TEST(DayPart, OfEveryMinuteIsThatMinute) {
  for (int minute = 1; minute < 24 * 60; ++minute) {
    for (const int decimals : {5, 7, 15}) {
      const std::string part = fmt::format("{:.{}f}", minute / 1440.0, decimals);
      ASSERT_EQ(minute_of_day_part(part), minute) << part;
    }
    ASSERT_EQ(minute_of_day_part(fmt::format("46185.{}", fmt::format("{:.7f}", minute / 1440.0).substr(2))), minute);
  }
  EXPECT_EQ(minute_of_day_part("0.4166667"), 600);
  EXPECT_EQ(minute_of_day_part("0.3889"), 560);
  EXPECT_EQ(minute_of_day_part(".5"), 720);
  for (const char* none : {"", "0", "1", "10.30", "10:00", "-0.5", "0.41.6", "0.123", "0.", "9.20"})
    EXPECT_EQ(minute_of_day_part(none), std::nullopt) << none;
}

}  // namespace
}  // namespace hanjari
