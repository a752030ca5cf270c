// Faults name the file that somebody sent, and columns by words that a reader of Korean knows.
#include <gtest/gtest.h>

#include "hanjari/package/told_faults.h"

namespace hanjari::package {
namespace {

Fault fault_of_place(const char* place, const char* column) {
  return {place, 0, column, {"five is no number", "숫자가 아닙니다"}, {"write a number", "숫자를 적으십시오"}};
}

TEST(ToldFaults, StandUnderTheNameOfTheFileThatWasSent) {
  const auto told = [](const char* place, const char* sent) {
    return tell_of_sent_file(fault_of_place(place, "row_count"), sent, Language::english).file;
  };
  EXPECT_EQ(told("[rooms.xlsx]List!D4", "school.xlsx"), "[school.xlsx]List!D4");
  EXPECT_EQ(told("'[rooms.xlsx]My list'!D4", "school.xlsx"), "'[school.xlsx]My list'!D4");
  EXPECT_EQ(told("[rooms.xlsx]List!D4", ""), "List!D4");
  EXPECT_EQ(told("rooms.csv", "school.csv"), "school.csv");
  EXPECT_EQ(told("", "school.csv"), "") << "a field of the page is of no file";
}

TEST(ToldFaults, NameColumnsInKoreanBesideTheirNames) {
  const auto told = [](const char* column, Language language) {
    return tell_of_sent_file(fault_of_place("rooms.csv", column), "school.csv", language).column;
  };
  EXPECT_EQ(told("row_count", Language::korean), "줄수(row_count)");
  EXPECT_EQ(told("row_count", Language::english), "row_count");
  EXPECT_EQ(told("no_such_column", Language::korean), "no_such_column");
}

}  // namespace
}  // namespace hanjari::package
