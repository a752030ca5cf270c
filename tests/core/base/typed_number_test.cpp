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

// Red while metres with their unit and rooms as signs on doors call them were no numbers.
TEST(TypedNumber, IsReadWithTheWordsOfItsColumn) {
  EXPECT_EQ(digits_as_typed("12,345m", "metres"), "12345");
  EXPECT_EQ(digits_as_typed("11,550 M", "travel_m"), "11550");
  EXPECT_EQ(digits_as_typed("300미터", "opening_cost"), "300");
  EXPECT_EQ(digits_as_typed("11,550km", "travel_m"), "11,550km") << "another unit";
  EXPECT_EQ(digits_as_typed("130m", "row_pitch_cm"), "130m") << "another unit";
  for (const char* room : {"제1시험실", "제 1 시험실", "1시험실", "제1호실", "1호 시험실", "1실", "Room 1", "제1고사실", "No. 1"})
    EXPECT_EQ(digits_as_typed(room, "room_no"), "1") << room;
  EXPECT_EQ(digits_as_typed("100 min", "duration_min"), "100");
  EXPECT_EQ(digits_as_typed("9등급", "grade"), "9");
  EXPECT_EQ(digits_as_typed("Grade 7", "grade"), "7");
  EXPECT_EQ(digits_as_typed("만18세", "least_age"), "만18") << "not read: it says how age is counted";
  for (const char* room : {"제", "시험실", "호실", "1시험실 2", "room"}) EXPECT_NE(digits_as_typed(room, "room_no"), "1") << room;
}

// A form took 1,23 for 123 where a file refused it, and a file refused 5,000원 where a form took it.
TEST(TypedNumber, KeepsWhatMayBeMeantOtherwise) {
  for (const char* text : {"1,23", "12,34,567", "1234,567", ",123", "5.5", "5.", "명 3", "3명쯤", "", "원"})
    EXPECT_EQ(digits_as_typed(text, "venue_no"), text);
  EXPECT_EQ(digits_as_typed("9급", "posts"), "9급") << "of another column";
}

// Red while every page had a reading of its own: one took 1,23 for 123, another took neither 1,000 nor wide digits.
TEST(TypedNumber, OfAFieldIsTheNumberOrNothing) {
  EXPECT_EQ(parse_typed_integer(" 36,109 ", ""), 36'109);
  EXPECT_EQ(parse_typed_integer("１２０cm", "min_gap_cm"), 120);
  EXPECT_EQ(parse_typed_integer("제3시험실", "to_room_no"), 3);
  EXPECT_EQ(parse_typed_integer("2실", "reserve_rooms"), 2);
  EXPECT_EQ(parse_typed_integer("-1", ""), -1);
  for (const char* none : {"", " ", "1,23", "1 1", "1-1", "2x", "two", "99999999999999999999"})
    EXPECT_FALSE(parse_typed_integer(none, "people_cap")) << none;
}

}  // namespace
}  // namespace hanjari
