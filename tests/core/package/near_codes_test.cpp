// Codes that are meant by others, among very many.
#include <chrono>
#include <cstddef>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "hanjari/package/near_codes.h"

namespace hanjari::package {
namespace {

// Red while each number of five digits, which a spreadsheet may have made of 02-05, was held against every code: an exam whose ids
// are such numbers took an hour.
TEST(NearCodes, AreLookedUpAlsoForNumbersThatMayHaveBeenDates) {
  NearCodes known("applicants.csv");
  for (int at = 0; at < 30'000; ++at) known.add(fmt::format("A{:05}", at));
  known.add("02-05");
  const auto began = std::chrono::steady_clock::now();
  std::size_t near = 0;
  for (int number = 40'001; number < 60'000; ++number) near += known.find(std::to_string(number)) ? 1U : 0U;
  EXPECT_EQ(near, 55U) << "the fifth of February of 2010 to 2064";
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(30));
  for (const char* typed : {"05-Feb", "Feb-05", "2월 5일", "2027-02-05"}) {
    const auto meant = known.find(typed);
    ASSERT_TRUE(meant) << typed;
    EXPECT_EQ(meant->meant, "02-05") << typed;
  }
}

// Red while only the table that refers to a code was thought to be spoilt: the code was to be added to the other.
TEST(NearCodes, NameDatesInTheTableThatDefinesTheCodes) {
  for (const char* spoilt : {"02-Jan", "1월 2일", "2026-01-02", "46024"}) {
    NearCodes known("units.csv");
    known.add(spoilt);
    known.add("3-4");
    const auto near = known.find("1-2");
    ASSERT_TRUE(near) << spoilt;
    EXPECT_EQ(near->meant, spoilt);
    EXPECT_EQ(near->what.en, "'1-2' does not stand in units.csv, but '" + std::string(spoilt) + "' does: a spreadsheet made a date of it in units.csv");
    EXPECT_EQ(near->fix.en, "write '1-2' in units.csv; give the column the format Text before it is filled");
  }
  NearCodes both("units.csv");
  both.add("02-Jan");
  both.add("03-Jan");
  const auto near = both.find("2026-01-02");
  ASSERT_TRUE(near);
  EXPECT_EQ(near->meant, "02-Jan");
  EXPECT_NE(near->what.en.find("a spreadsheet made a date of it in both"), std::string::npos) << near->what.en;
  EXPECT_FALSE(both.find("1-5")) << "another day";
  EXPECT_FALSE(both.find("46024")) << "a number may be an id";
  NearCodes ids("applicants.csv");
  for (int id = 40'001; id < 60'000; ++id) ids.add(std::to_string(id));
  EXPECT_FALSE(ids.find("1-2")) << "fifty-five of them may be that day, and nobody can say which";
}

// Red while the name of a series and of a school was to be added to the codes.
TEST(NearCodes, NameTheCodeOfWhatIsCalledSo) {
  NearCodes units("units.csv");
  for (const char* code : {"010", "020", "021"}) units.add(code);
  units.add_name("일반행정", "010");
  units.add_name("지방세", "020");
  const auto one = units.find(" 지방 세");
  ASSERT_TRUE(one);
  EXPECT_EQ(one->meant, "020");
  EXPECT_EQ(units.find("지방세")->what.en, "'지방세' is a name and not a code; units.csv calls '020' so");
  EXPECT_EQ(units.find("지방세")->fix.en, "write '020'");
  units.add_name("지방세", "021");
  EXPECT_EQ(units.find("지방세")->fix.en, "write the one that is meant of '020', '021'");
  EXPECT_TRUE(units.find("지방세")->meant.empty()) << "nothing is guessed";
  EXPECT_FALSE(units.find("전산"));
}

}  // namespace
}  // namespace hanjari::package
