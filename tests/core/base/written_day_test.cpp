#include "hanjari/base/written_day.h"

#include <gtest/gtest.h>

namespace hanjari {
namespace {

TEST(WrittenDay, SaysTheDayInWordsWithoutItsWeekday) {
  EXPECT_EQ(write_plain_day(parse_date("2027-01-01").value()).ko, "2027년 1월 1일");
  EXPECT_EQ(write_plain_day(parse_date("2027-12-31").value()).en, "31 December 2027");
}

}  // namespace
}  // namespace hanjari
