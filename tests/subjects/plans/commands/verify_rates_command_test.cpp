// Rates of passing computed again from the command line.
#include <filesystem>
#include <string>

#include <gtest/gtest.h>

#include "hanjari/base/file.h"
#include "hanjari/domain/spelling.h"
#include "hanjari/fairness/rates.h"
#include "hanjari/package/exam_package.h"
#include "hanjari/package/plan_package.h"
#include "plans/commands/commands.h"
#include "stage/test_database.h"

namespace hanjari::cli {
namespace {

// Red when the packages are read otherwise than the release, or when a changed figure ends like a right one.
TEST(VerifyRatesCommand, ComputesEveryRateFromThePackages) {
  const hanjari::tests::TestFolder folder("rates");
  std::filesystem::create_directory(folder.path());
  const hanjari::tests::HeldClock clock;
  const Exam exam = hanjari::tests::small_exam();
  const Plan plan = hanjari::tests::plan_of(exam);
  package::save_exam(exam, folder.path() / "exam");
  package::save_plan(exam, plan, folder.path() / "plan", clock);
  std::string decisions = "applicant_number,unit_code,outcome\n";
  fairness::DecidedPeople decided;
  for (const Placement& placement : plan.placements) {
    const Applicant& person = exam[placement.applicant];
    const std::string number = placement.number.text();
    const std::string& home = exam.words[person.district];
    const bool passes = decided.members.size() % 2 == 0;
    decided.members[number] = {home.empty() ? "outside" : home, std::string(spell(person.sex)), exam[person.unit].code.text(),
                               person.accommodation.any() ? "some" : "none"};
    if (passes) decided.passed.insert(number);
    decisions += number + "," + exam[person.unit].code.text() + (passes ? ",passed\n" : ",not_passed\n");
  }
  write_file(folder.path() / "decisions.csv", decisions);
  const auto judge = [&](const std::string& rates) {
    write_file(folder.path() / "rates.csv", rates);
    Arguments arguments;
    for (const char* name : {"exam", "plan", "decisions.csv", "rates.csv"}) arguments.positionals.push_back((folder.path() / name).string());
    ::testing::internal::CaptureStdout();
    const Exit exit = verify_rates_command().run(arguments, Terminal{Language::english, no_progress()});
    const std::string said = ::testing::internal::GetCapturedStdout();
    return exit == Exit::done ? "done" : said.substr(0, said.find(' '));
  };
  const std::string right = fairness::render_rates(decided, fairness::rates_to_publish(decided, {}, Seed{}));
  EXPECT_EQ(judge(right), "done");
  EXPECT_EQ(judge(fairness::render_rates(decided, {})), "done") << "to withhold everything is no fault";
  EXPECT_EQ(judge(right + "sex,X,9,5,55.6\n"), "wrong_rate");
}

}  // namespace
}  // namespace hanjari::cli
