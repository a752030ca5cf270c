#include "hanjari/base/date.h"

#include <gtest/gtest.h>

namespace hanjari {
namespace {

TEST(ParseDate, ReadsWhatFormatDateWrites) {
  for (std::int32_t days = parse_date("1899-12-25")->days; days < parse_date("2101-03-05")->days; ++days) {
    const std::string text = format_date(Date{days});
    ASSERT_EQ(parse_date(text), Date{days}) << text;
  }
}

TEST(ParseDate, CountsFromTheFirstOfJanuary1970) {
  EXPECT_EQ(parse_date("1970-01-01")->days, 0);
  EXPECT_EQ(parse_date("2021-06-05")->days, 18783);
  EXPECT_EQ(parse_date("1969-12-31")->days, -1);
}

TEST(ParseDate, RefusesDaysThatDoNotExistAndOtherSpellings) {
  for (const char* text :
       {"2021-02-29", "2021-13-01", "2021-00-10", "2021-04-31", "0000-01-01", "2021-6-5", "20210605", "2021/06/05",
        "2021-06-05 ", " 2021-06-05", "2021-06-5x", "", "-021-06-05", "+021-06-05", "1900-02-29"}) {
    EXPECT_FALSE(parse_date(text)) << text;
  }
  EXPECT_TRUE(parse_date("2020-02-29"));
  EXPECT_TRUE(parse_date("2000-02-29"));
}

TEST(CalendarDay, TakesADateApart) {
  const CalendarDay day = calendar_day(*parse_date("2021-06-05"));
  EXPECT_EQ(day.year, 2021);
  EXPECT_EQ(day.month, 6);
  EXPECT_EQ(day.day, 5);
}

}  // namespace
}  // namespace hanjari
