// The founding size, from package to verified plan, as a user runs it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include <nlohmann/json.hpp>

#include "hanjari/base/digest.h"
#include "hanjari/base/file.h"
#include "program/program.h"

namespace hanjari::tests {
namespace {

using nlohmann::json;

// Plans the package, expects everybody seated and no finding, and returns report.json.
json expect_everybody_seated(const std::string& exam, const std::string& plan) {
  const Ran planned = run_hanjari({"plan", exam, "--out", plan});
  EXPECT_EQ(planned.status, 0) << planned.err;
  const Ran verified = run_hanjari({"verify", exam, plan});
  EXPECT_EQ(verified.status, 0) << verified.out << verified.err;
  const json report = json::parse(read_file(plan + "/report.json"));
  EXPECT_NE(report["version"], "");
  EXPECT_EQ(report["seated"], 36109);
  EXPECT_EQ(report["unseated"], 0);
  const std::string placements = read_file(plan + "/placements.csv");
  EXPECT_EQ(std::count(placements.begin(), placements.end(), '\n'), 36110);
  EXPECT_EQ(read_file(plan + "/unseated.csv"), "applicant_id,reason,detail\n");
  return report;
}

TEST(FoundingCase, IsSeatedWholeAndWithinOnePercentOfItsBound) {
  const std::string exam = shared_case("seoul-2021");
  if (exam.empty()) GTEST_SKIP() << "needs the package seoul-2021 in ../shared/cases";
  const TemporaryFolder folder;
  const json report = expect_everybody_seated(exam, folder / "plan");
  // No plan can beat the exact optimum of people to venues, and none with one unit a room the bound known for it.
  EXPECT_GE(report["objective"]["travel_m"], 503766311);
  EXPECT_LE(report["bound"]["total"], 504602829);
  EXPECT_GE(report["bound"]["total"], 502790720);
  EXPECT_LE(report["gap"]["of_total"], 0.01);
}

TEST(FoundingCase, WithAccommodationsAndReservesIsSeatedWhole) {
  const std::string exam = shared_case("seoul-2021-b");
  if (exam.empty()) GTEST_SKIP() << "needs the package seoul-2021-b in ../shared/cases";
  const TemporaryFolder folder;
  const json report = expect_everybody_seated(exam, folder / "plan");
  EXPECT_LE(report["gap"]["of_total"], 0.015);
}

TEST(FoundingCase, OfTheProgramsOwnSampleIsSeatedWhole) {
  const TemporaryFolder folder;
  const Ran made = run_hanjari({"sample", "--out", folder / "exam"});
  ASSERT_EQ(made.status, 0) << made.err;
  const json report = expect_everybody_seated(folder / "exam", folder / "plan");
  EXPECT_LE(report["gap"]["of_total"], 0.01);
}

TEST(FoundingCase, WithAccommodationsOfTheProgramsOwnSampleIsSeatedWhole) {
  const TemporaryFolder folder;
  const Ran made = run_hanjari({"sample", "--out", folder / "exam", "--accommodations", "1.5", "--seed", "7"});
  ASSERT_EQ(made.status, 0) << made.err;
  expect_everybody_seated(folder / "exam", folder / "plan");
}

}  // namespace
}  // namespace hanjari::tests
