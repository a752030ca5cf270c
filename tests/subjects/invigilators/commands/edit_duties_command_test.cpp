// Edits of duties from the command line: ids and codes that stand for others are told with what they mean.
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hanjari/base/error.h"
#include "hanjari/package/exam_package.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/package/staffing_package.h"
#include "hanjari/sample/staff.h"
#include "hanjari/staffing/staff.h"
#include "invigilators/commands/commands.h"
#include "stage/made_workbook.h"
#include "stage/test_database.h"

namespace hanjari::cli {
namespace {

using ::testing::HasSubstr;

std::string in_small_letters(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return text;
}

class EditDutiesCommand : public ::testing::Test {
 protected:
  EditDutiesCommand() {
    std::filesystem::create_directory(folder.path());
    package::save_exam(exam, place("exam"));
    package::save_plan(exam, plan, place("plan"), clock);
    package::save_staff(exam, staff, place("people"));
    package::save_duties(staffing::staff_exam(exam, plan, staff, nullptr), place("duties"));
  }
  // What is wrong with the edits, a fault a line.
  std::vector<std::string> refused(const std::string& rows, const std::string& file = "edits.csv") {
    const std::string table = "action,invigilator_id,with_invigilator_id,venue_code,room_no,role\n" + rows;
    std::ofstream(place(file), std::ios::binary)
        << (file.ends_with(".xlsx") ? hanjari::tests::workbook_of({hanjari::tests::sheet_of_csv("Sheet1", table)}) : table);
    Arguments arguments;
    arguments.positionals = {place("exam"), place("plan")};
    arguments.options = {{"duties", place("duties")}, {"people", place("people")}, {"edits", place(file)},
                         {"author", "kim"},           {"reason", "ill"},           {"out", place("out")}};
    std::vector<std::string> lines;
    try {
      edit_duties_command().run(arguments, Terminal{Language::english, no_progress()});
    } catch (const InvalidInput& wrong) {
      for (const Fault& fault : wrong.faults().kept()) lines.push_back(fault.format(Language::english));
    }
    return lines;
  }
  std::string place(const std::string& name) const { return (folder.path() / name).string(); }

  hanjari::tests::TestFolder folder{"edit-duties"};
  hanjari::tests::HeldClock clock;
  const Exam exam = hanjari::tests::small_exam();
  const Plan plan = hanjari::tests::plan_of(exam);
  const Staff staff = sample::make_sample_staff(exam, {200, 1});
};

// Red while such an id was one that does not stand in the list, whatever stood there beside it.
TEST_F(EditDutiesCommand, NamesWhoAndWhereAnEditMeans) {
  const std::string somebody = staff.people.front().id.text();
  const std::string other = staff.people.back().id.text();
  const std::string school = exam.venues.front().code.text();
  ASSERT_NE(in_small_letters(somebody), somebody);
  ASSERT_NE(in_small_letters(school), school);
  EXPECT_THAT(refused("lock," + in_small_letters(somebody) + ",,,,\nmove," + other + ",," + in_small_letters(school) +
                      ",,reserve\nlock,nobody,,,,\n"),
              ::testing::IsSupersetOf({HasSubstr("edits.csv:2: invigilator_id: '" + in_small_letters(somebody) +
                                                 "' does not stand in invigilators.csv, but '" + somebody + "' does"),
                                       HasSubstr("edits.csv:3: venue_code: '" + in_small_letters(school) +
                                                 "' does not stand in venues.csv, but '" + school + "' does"),
                                       HasSubstr("edits.csv:4: invigilator_id: 'nobody'")}));
  EXPECT_FALSE(std::filesystem::exists(place("out")));
}

// Red while every file of edits was called edits.csv, whatever its name.
TEST_F(EditDutiesCommand, NamesTheFileOfTheEdits) {
  const std::string somebody = in_small_letters(staff.people.front().id.text());
  EXPECT_THAT(refused("lock,nobody,,,,\n", "march.csv"), ::testing::ElementsAre(HasSubstr("march.csv:2: invigilator_id: 'nobody'")));
  EXPECT_THAT(refused("lock," + somebody + ",,,,\n", "march.csv"), ::testing::Contains(HasSubstr("march.csv:2: invigilator_id: ")));
}

// Red while a workbook of edits was told to be no CSV.
TEST_F(EditDutiesCommand, TakesAWorkbookAndNamesItsCells) {
  const std::string somebody = in_small_letters(staff.people.front().id.text());
  EXPECT_THAT(refused("lock,nobody,,,,\n", "march.xlsx"),
              ::testing::ElementsAre(HasSubstr("[march.xlsx]Sheet1!B2: invigilator_id: 'nobody'")));
  EXPECT_THAT(refused("lock," + somebody + ",,,,\n", "march.xlsx"),
              ::testing::Contains(HasSubstr("[march.xlsx]Sheet1!B2: invigilator_id: ")));
}

}  // namespace
}  // namespace hanjari::cli
