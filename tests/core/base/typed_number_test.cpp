#include "hanjari/base/typed_number.h"

#include <gtest/gtest.h>

namespace hanjari {
namespace {

TEST(TypedNumber, LosesWhatPeopleAndCellsWriteAroundItsDigits) {
  EXPECT_EQ(digits_as_typed("1,234,567", "fee_won"), "1234567");
  EXPECT_EQ(digits_as_typed("5,000원", "fee_won"), "5000");
  EXPECT_EQ(digits_as_typed("9 급", "grade"), "9");
  EXPECT_EQ(digits_as_typed("83명", "posts"), "83");
  EXPECT_EQ(digits_as_typed("130 cm", "min_gap_cm"), "130");
  EXPECT_EQ(digits_as_typed("3호실", "room_no"), "3");
  EXPECT_EQ(digits_as_typed("5.00", "posts"), "5");
  EXPECT_EQ(digits_as_typed("-1,000", "fee_won"), "-1000");
}

// A form took 1,23 for 123 where a file refused it, and a file refused 5,000원 where a form took it.
TEST(TypedNumber, KeepsWhatMayBeMeantOtherwise) {
  for (const char* text : {"1,23", "12,34,567", "1234,567", ",123", "5.5", "5.", "명 3", "3명쯤", "", "원"})
    EXPECT_EQ(digits_as_typed(text, "venue_no"), text);
  EXPECT_EQ(digits_as_typed("9급", "posts"), "9급") << "of another column";
}

}  // namespace
}  // namespace hanjari
