// Codes of a plan that were spoilt on the way: each cause once, before anything is said of broken rules.
#include "hanjari/package/plan_codes.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hanjari/base/error.h"
#include "hanjari/package/plan_package.h"
#include "package/package_folder.h"

namespace hanjari::package {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* header_of_placements =
    "applicant_id,applicant_number,unit_code,venue_code,room_no,seat_no,row,column,booklet,travel_m\n";

class CodesOfPlan : public ::testing::Test {
 protected:
  // What is told of a plan of these rows, in English.
  std::vector<std::string> told(const std::string& rows) {
    folder_.write("placements.csv", header_of_placements + rows);
    std::vector<std::string> lines;
    try {
      require_unspoilt_codes(exam_, load_plan_rows(folder_.path()));
    } catch (const InvalidInput& refused) {
      for (const Fault& fault : refused.faults().kept()) lines.push_back(fault.format(Language::english));
    }
    return lines;
  }

  PackageFolder folder_;
  Exam exam_ = folder_.load().exam;
};

// Red while every row was told as wrong_unit and number_form, and zeros were named nowhere.
TEST_F(CodesOfPlan, LostZerosAreToldOnceWithTheirCount) {
  std::string rows;
  for (int at = 0; at < 8; ++at) rows += "A1,100000" + std::to_string(at + 1) + ",10,V1,1,1,1,1,A,0\n";
  EXPECT_THAT(told(rows),
              ElementsAre(AllOf(HasSubstr("unit_code: 8 rows: '10' does not stand in units.csv, but '010' does"),
                                HasSubstr("zeros were lost")),
                          AllOf(HasSubstr("applicant_number: 8 rows: '1000001' is no number of unit '010', but '01000001' is"),
                                HasSubstr("zeros were lost"))));
}

// Red while A1 was missing and an id that looks the same was unknown.
TEST_F(CodesOfPlan, CharactersThatNobodySeesAreNamed) {
  EXPECT_THAT(told("\u200bA1,01000001,010,V1,1,1,1,1,A,0\n"),
              ElementsAre(HasSubstr("'<U+200B>A1' does not stand in applicants.csv, but 'A1' does")));
  EXPECT_THAT(told("A1,01000001,010,V1\u00a0,1,1,1,1,A,0\n"), ElementsAre(HasSubstr("but 'V1' does")));
  folder_.write("unseated.csv", "applicant_id,reason\na2,no_capacity\n");
  EXPECT_THAT(told("A1,01000001,010,V1,1,1,1,1,A,0\n"), ElementsAre(AllOf(HasSubstr("unseated.csv"), HasSubstr("but 'A2' does"))));
}

TEST_F(CodesOfPlan, WhatIsNearToNothingIsLeftToTheVerifier) {
  EXPECT_THAT(told("A1,01000001,010,V1,1,1,1,1,A,0\n"), IsEmpty());
  EXPECT_THAT(told("X9,nothing,999,V77,9,1,1,1,Z,0\nA1,20000001,020,V1,1,1,1,1,A,0\n"), IsEmpty());
}

}  // namespace
}  // namespace hanjari::package
