// Faults of rows: one cause is told once with its count, whatever has lines and whatever has none.
#include "hanjari/base/fault.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hanjari {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

Fault unknown_unit(std::uint64_t line, const std::string& code) {
  return {"people.csv", line, "unit_code", {"there is no unit '" + code + "'", "모집단위 '" + code + "'이 없습니다"}, {"correct it", "고치십시오"}};
}

std::vector<std::string> said(RepeatedFaults& repeated) {
  Faults faults;
  repeated.hand_over(faults);
  std::vector<std::string> lines;
  for (const Fault& fault : faults.kept()) lines.push_back(fault.format(Language::english));
  return lines;
}

TEST(RepeatedFaults, TellFiveRowByRowAndSixOnce) {
  RepeatedFaults repeated;
  for (std::uint64_t line = 2; line < 7; ++line) repeated.add(unknown_unit(line, "W" + std::to_string(line)));
  EXPECT_THAT(said(repeated), SizeIs(5));
  EXPECT_TRUE(repeated.empty());
  for (std::uint64_t line = 2; line < 8; ++line) repeated.add(unknown_unit(line, "W" + std::to_string(line)));
  EXPECT_THAT(said(repeated), ElementsAre("people.csv:2: unit_code: 6 rows: there is no unit 'W2'; correct it (lines 2, 3, 4, 5, 6, 7)"));
}

TEST(RepeatedFaults, NameALineOnceThatHasTheCauseSeveralTimes) {
  RepeatedFaults repeated;
  for (const std::uint64_t line : {2U, 2U, 2U, 3U, 3U, 3U}) repeated.add(unknown_unit(line, "W"));
  EXPECT_THAT(said(repeated), ElementsAre(HasSubstr("6 rows: there is no unit 'W'; correct it (lines 2, 3)")));
}

// Red while lines stood in the order in which their rows were judged: "lines 2075, 2073, 2074".
TEST(RepeatedFaults, NameLinesInTheirOrder) {
  RepeatedFaults repeated;
  for (const std::uint64_t line : {2075U, 2073U, 2074U, 9U, 10U, 2073U}) repeated.add(unknown_unit(line, "W" + std::to_string(line)));
  EXPECT_THAT(said(repeated), ElementsAre("people.csv:9: unit_code: 6 rows: there is no unit 'W9'; correct it (lines 9, 10, 2073, 2074, 2075)"));
  for (std::uint64_t line = 30; line > 10; --line) repeated.add(unknown_unit(line, "W"));
  EXPECT_THAT(said(repeated), ElementsAre(HasSubstr("(lines 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, ...)")));
  for (std::uint64_t line = 11; line <= 20; ++line) repeated.add(unknown_unit(line, "W"));
  EXPECT_THAT(said(repeated), ElementsAre(HasSubstr("(lines 11, 12, 13, 14, 15, 16, 17, 18, 19, 20)")));
}

// Pins of an exam in memory, and answers of people, have no lines: whom it is about is named instead.
TEST(RepeatedFaults, NameWhatIsQuotedWhereThereAreNoLines) {
  RepeatedFaults repeated;
  for (int row = 0; row < 12; ++row) repeated.add(unknown_unit(0, "W" + std::to_string(row)));
  EXPECT_THAT(said(repeated), ElementsAre(HasSubstr("12 rows: there is no unit 'W0'; correct it ('W0', 'W1', 'W2', 'W3', 'W4', 'W5', 'W6', 'W7', 'W8', 'W9', ...)")));
}

}  // namespace
}  // namespace hanjari
