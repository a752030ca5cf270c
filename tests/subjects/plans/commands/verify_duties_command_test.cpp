// Duties judged from the command line: places that stay unfilled are told before the verdict.
#include <filesystem>
#include <map>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hanjari/package/exam_package.h"
#include "hanjari/package/plan_package.h"
#include "hanjari/package/staffing_package.h"
#include "hanjari/sample/staff.h"
#include "hanjari/staffing/staff.h"
#include "plans/commands/commands.h"
#include "stage/test_database.h"

namespace hanjari::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class VerifyDutiesCommand : public ::testing::Test {
 protected:
  VerifyDutiesCommand() {
    std::filesystem::create_directory(folder.path());
    package::save_exam(exam, folder.path() / "exam");
    package::save_plan(exam, plan, folder.path() / "plan", clock);
  }
  // What `verify --duties` prints of the duties that so many people can take.
  std::string judge(const std::string& name, std::int64_t people, bool json) {
    const Staff staff = sample::make_sample_staff(exam, {people, 1});
    package::save_staff(exam, staff, place(name + "-people"));
    const DutyRows rows = staffing::staff_exam(exam, plan, staff, nullptr);
    unfilled = rows.unfilled.size();
    package::save_duties(rows, place(name + "-duties"));
    Arguments arguments;
    arguments.positionals = {place("exam"), place("plan")};
    arguments.options = {{"duties", place(name + "-duties")}, {"people", place(name + "-people")}};
    if (json) arguments.options["json"] = "";
    ::testing::internal::CaptureStdout();
    verify_command().run(arguments, Terminal{Language::english, no_progress()});
    return ::testing::internal::GetCapturedStdout();
  }
  std::string place(const std::string& name) const { return (folder.path() / name).string(); }

  hanjari::tests::TestFolder folder{"duties"};
  hanjari::tests::HeldClock clock;
  const Exam exam = hanjari::tests::small_exam();
  const Plan plan = hanjari::tests::plan_of(exam);
  std::size_t unfilled = 0;
};

// Red while "no findings" was all that was said of duties that leave rooms without anybody.
TEST_F(VerifyDutiesCommand, TellsUnfilledPlacesBeforeTheVerdict) {
  const std::string few = judge("few", 3, false);
  ASSERT_GT(unfilled, 1U);
  EXPECT_THAT(few, StartsWith("incomplete: " + std::to_string(unfilled) + " places are not filled"));
  EXPECT_THAT(judge("few-json", 3, true), HasSubstr("\"unfilled\": " + std::to_string(unfilled)));
  const std::string many = judge("many", 2'000, false);
  ASSERT_EQ(unfilled, 0U);
  EXPECT_THAT(many, Not(HasSubstr("incomplete")));
}

}  // namespace
}  // namespace hanjari::cli
