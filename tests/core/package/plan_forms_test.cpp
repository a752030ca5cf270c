// Plans and duties that a spreadsheet saved in a form of its own are read, and it is said how.
#include "hanjari/package/plan_forms.h"

#include <functional>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hanjari/base/error.h"
#include "package/package_folder.h"

namespace hanjari::package {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> in_english(const std::vector<Fault>& warnings) {
  std::vector<std::string> lines;
  for (const Fault& warning : warnings) lines.push_back(warning.format(Language::english));
  return lines;
}

// Red while verify, papers and compare took such a plan without a word.
TEST(FormsOfPlans, AreToldWhereTheyAreNotThoseThatAreWritten) {
  const TemporaryFolder folder;
  folder.write("placements.csv",
               "2027년 배정표\n"
               "applicant_id;applicant_number;unit_code;venue_code;room_no;seat_no;row;column;booklet;travel_m\n"
               "A1;01000001;010;V1;1;1;1;1;A;142\n합계;1;;;;;;;;142\n");
  std::vector<Fault> warnings;
  EXPECT_EQ(load_plan_rows(folder.path(), Encoding::utf8, warnings).placements.size(), 1U);
  const std::vector<std::string> told = in_english(warnings);
  EXPECT_THAT(told, Contains(HasSubstr("separated by semicolons")));
  EXPECT_THAT(told, Contains(HasSubstr("placements.csv:2: the header was found here")));
  EXPECT_THAT(told, Contains(HasSubstr("looks like a total")));
  folder.write("placements.csv",
               "applicant_id,applicant_number,unit_code,venue_code,room_no,seat_no,row,column,booklet,travel_m\n"
               "A1,01000001,010,V1,1,1,1,1,A,142\n");
  warnings.clear();
  load_plan_rows(folder.path(), Encoding::utf8, warnings);
  EXPECT_THAT(in_english(warnings), IsEmpty());
}

TEST(FormsOfDuties, AreToldWhereTheyAreNotThoseThatAreWritten) {
  const TemporaryFolder folder;
  folder.write("duties.csv", "venue_code;room_no;role;invigilator_id;travel_m\nV1;1;chief;P1;10\n");
  std::vector<Fault> warnings;
  EXPECT_EQ(load_duties(folder.path(), Encoding::utf8, Repetition::fault, warnings).duties.size(), 1U);
  EXPECT_THAT(in_english(warnings), Contains(HasSubstr("separated by semicolons")));
}

std::string refusal(const std::function<void()>& load) {
  try {
    load();
  } catch (const NotFound& missing) {
    return missing.message().in(Language::english);
  }
  return {};
}

// Red while a workbook in the place of the table was not named: "no placements.csv in it", "no such file".
TEST(FormsOfPlans, WorkbooksInThePlaceOfATableAreNamed) {
  const TemporaryFolder folder;
  folder.write("Placements.XLSX", "");
  folder.write("duties.xlsx", "");
  folder.write("roster.xlsx", "");
  EXPECT_THAT(refusal([&] { load_plan_rows(folder.path()); }), HasSubstr("no placements.csv in it, but Placements.XLSX; save"));
  EXPECT_THAT(refusal([&] { load_duties(folder.path(), Encoding::utf8, Repetition::fault); }),
              HasSubstr("no duties.csv in it, but duties.xlsx; save"));
  EXPECT_EQ(find_workbook_of(folder.path(), "unseated"), "");
  EXPECT_EQ(find_workbook_of(folder.path() / "nowhere", "duties"), "");
}

}  // namespace
}  // namespace hanjari::package
