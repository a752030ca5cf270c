#include "hanjari/papers/school_names.h"

#include <gtest/gtest.h>

namespace hanjari::services {
namespace {

TEST(SchoolNames, AreNamesThatEverySystemTakes) {
  EXPECT_EQ(file_name_of("한강/중: \"본관\""), "한강 중   본관");
  EXPECT_EQ(file_name_of("..."), "_");
  EXPECT_EQ(file_name_of("제1고. "), "제1고");
  std::string eighty;
  for (int i = 0; i < 80; ++i) eighty += "가";
  EXPECT_EQ(file_name_of(eighty).size(), 180U);
  Exam exam;
  for (const char* name : {"Hana", "HANA", "Con", "둘", "전체", "둘 (V9)"}) {
    Venue venue;
    venue.name = name;
    venue.code = VenueCode("V" + std::to_string(exam.venues.size()));
    exam.venues.push_back(venue);
  }
  const auto names = file_names_of_venues(exam, {"전체"});
  EXPECT_EQ(names, (std::vector<std::string>{"Hana (V0)", "HANA (V1)", "Con (V2)", "둘", "전체 (V4)", "둘 (V9) (V5)"}));
}

}  // namespace
}  // namespace hanjari::services
