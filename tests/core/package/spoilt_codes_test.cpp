// Codes of a plan that were spoilt on the way: in many rows one cause, in few rows none.
#include "hanjari/package/spoilt_codes.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hanjari/base/error.h"
#include "hanjari/package/plan_forms.h"
#include "package/package_folder.h"

namespace hanjari::package {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

constexpr const char* head_of_placements =
    "applicant_id,applicant_number,unit_code,venue_code,room_no,seat_no,row,column,booklet,travel_m\n";

class PlanCodes : public ::testing::Test {
 protected:
  PlanRows load(const std::string& rows) {
    folder_.write("placements.csv", head_of_placements + rows);
    warnings_.clear();
    std::vector<Fault> warnings;
    PlanRows read = load_plan_rows(folder_.path(), Encoding::utf8, warnings);
    for (const Fault& warning : warnings) warnings_.push_back(warning.format(Language::english));
    return read;
  }
  // The causes of a plan of these rows.
  std::vector<std::string> causes(const std::string& rows) {
    spoilt_ = find_spoilt_codes(exam_, load(rows));
    std::vector<std::string> lines;
    for (const Fault& cause : spoilt_.causes) lines.push_back(cause.format(Language::english));
    return lines;
  }

  PackageFolder folder_;
  Exam exam_ = folder_.load().exam;
  SpoiltCodes spoilt_;
  std::vector<std::string> warnings_;
};

std::string so_many_rows(int count, const std::string& before, const std::string& behind) {
  std::string rows;
  for (int at = 1; at <= count; ++at) rows += before + std::to_string(at) + behind;
  return rows;
}

// Red while every row was told as wrong_unit and number_form, and zeros were named nowhere.
TEST_F(PlanCodes, ThatLostTheirZerosAreOneCauseForEachColumn) {
  EXPECT_THAT(causes(so_many_rows(8, "A1,100000", ",10,V1,1,1,1,1,A,0\n")),
              ElementsAre(AllOf(StartsWith("placements.csv:2: unit_code: 8 rows: '10' does not stand in units.csv, but '010' does"),
                                HasSubstr("zeros were lost")),
                          AllOf(StartsWith("placements.csv:2: applicant_number: 8 rows: '1000001' is no number of unit '010', but "
                                           "'01000001' is: its leading zeros were lost"),
                                HasSubstr("give the column the format Text before opening it"))));
  EXPECT_TRUE(spoilt_.explain("wrong_unit", "A1"));
  EXPECT_TRUE(spoilt_.explain("number_form", "A1"));
  EXPECT_FALSE(spoilt_.explain("number_form", "A2"));
  EXPECT_FALSE(spoilt_.explain("double_seat", "A1"));
  EXPECT_THAT(causes(so_many_rows(8, "A1,0100000", ".0,010,V1,1,1,1,1,A,0\n")),
              ElementsAre(HasSubstr("8 rows: '01000001.0' is no number of unit '010', but '01000001' is: a spreadsheet or a program")));
}

// Ids and venues in another case, and who is missed for them.
TEST_F(PlanCodes, InAnotherCaseAreOneCause) {
  EXPECT_THAT(causes(so_many_rows(6, "a1,0100000", ",010,v1,1,1,1,1,A,0\n")),
              ElementsAre(HasSubstr("applicant_id: 6 rows: 'a1' does not stand in applicants.csv, but 'A1' does"),
                          HasSubstr("venue_code: 6 rows: 'v1' does not stand in venues.csv, but 'V1' does")));
  EXPECT_TRUE(spoilt_.explain("unknown_person", "a1"));
  EXPECT_TRUE(spoilt_.explain("missing_person", "A1"));
  EXPECT_TRUE(spoilt_.explain("unknown_venue", "a1"));
}

// Few such rows are findings of the verifier, by contract.
TEST_F(PlanCodes, InFewRowsAreNoCause) {
  EXPECT_THAT(causes(so_many_rows(5, "A1,100000", ",10,V1,1,1,1,1,A,0\n")), IsEmpty());
  EXPECT_THAT(causes(so_many_rows(8, "X9,nothing", ",999,V77,9,1,1,1,Z,0\n")), IsEmpty()) << "near to none";
  EXPECT_THAT(causes(so_many_rows(8, "A1,2000000", ",020,V1,1,1,1,1,A,0\n")), IsEmpty()) << "another unit, all of its digits";
}

// Red while whoever took a plan read such codes as what they look like, and the verifier faulted the same file.
TEST_F(PlanCodes, AreRefusedWithWhatNobodySees) {
  const auto told = [&](const std::string& text) {
    std::vector<std::string> lines;
    try {
      load(text);
    } catch (const InvalidInput& refused) {
      for (const Fault& fault : refused.faults().kept()) lines.push_back(fault.format(Language::english));
    }
    return lines;
  };
  EXPECT_THAT(told("\u200bA1,０1000001,010\u00a0,V1,1,1,1,1,Ａ,0\nA2,01000002,010,\u3000V2,1,1,1,1,A,0\n"),
              ElementsAre(AllOf(StartsWith("placements.csv:2: applicant_id: '<U+200B>A1' is not 'A1', which it looks like"),
                                EndsWith("write 'A1'")),
                          StartsWith("placements.csv:2: applicant_number: '０1000001' is not '01000001'"),
                          StartsWith("placements.csv:2: unit_code: '010<U+00A0>' is not '010'"),
                          StartsWith("placements.csv:2: booklet: 'Ａ' is not 'A'"),
                          HasSubstr("placements.csv:3: venue_code: ")));
  folder_.write("unseated.csv", "applicant_id,reason\nA3\u200b,no_capacity\n");
  EXPECT_THAT(told("A1,01000001,010,V1,1,1,1,1,A,0\n"),
              ElementsAre(StartsWith("unseated.csv:2: applicant_id: 'A3<U+200B>' is not 'A3'")));
}

// One row is enough for a list that names the wrong person.
TEST_F(PlanCodes, OfNumbersAreFoundFromTheFirstRowOn) {
  const PlanRows few = load("A1,1000001,010,V1,1,1,1,1,A,0\nA2,01000002,010,V2,1,1,1,1,A,0\n");
  const std::vector<Fault> faults = find_spoilt_numbers(exam_, few);
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_THAT(faults[0].format(Language::english), HasSubstr("placements.csv:2: applicant_number: '1000001' is no number of unit '010'"));
  EXPECT_THAT(find_spoilt_numbers(exam_, load("a1,01000001,010,v1,1,1,1,1,A,0\n")), IsEmpty()) << "other codes are told elsewhere";
}

// A verifier compares bytes.
TEST_F(PlanCodes, StandAsTheyAreForAVerifier) {
  folder_.write("placements.csv", head_of_placements + std::string("\u200bA1,01000001,010,V1,1,1,1,1,A,0\n"));
  std::vector<Fault> warnings;
  const PlanRows rows = load_plan_rows(folder_.path(), Encoding::utf8, warnings, CodesOfPlan::as_they_stand);
  EXPECT_EQ(rows.placements[0].applicant_id, ApplicantId("\u200bA1"));
  ASSERT_EQ(warnings.size(), 1U);
  EXPECT_THAT(warnings[0].format(Language::english),
              StartsWith("placements.csv:2: applicant_id: '<U+200B>A1' is not 'A1', which it looks like"));
}

}  // namespace
}  // namespace hanjari::package
