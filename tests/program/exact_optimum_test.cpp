// What the program claims about small exams, held against optima that an integer programming solver has proven.
#include <gtest/gtest.h>

#include <filesystem>

#include "places.h"
#include "program/program.h"

namespace hanjari::tests {
namespace {

constexpr int solver_missing = 77;

Ran run_campaign(const std::vector<std::string>& words) {
  return run_program_file(std::string(source_dir) + "/tools/exact-campaign", words);
}

TEST(ExactOptimum, NoStatusBoundOrFloorIsUntrue) {
  const TemporaryFolder folder;
  const Ran ran = run_campaign({"--program", program_file, "--seeds", "suite", "--cases", "48", "--jobs", "1", "--shrink",
                                "0", "--keep", folder / "failures"});
  if (ran.status == solver_missing) GTEST_SKIP() << ran.out;
  EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
  EXPECT_NE(ran.out.find("all plan"), std::string::npos) << ran.out;
}

TEST(ExactOptimum, IsThatOfTryingEveryPlan) {
  const Ran ran = run_campaign({"--check-oracle", "120", "--seeds", "suite"});
  if (ran.status == solver_missing) GTEST_SKIP() << ran.out;
  EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
}

TEST(ExactOptimum, IsNoWorseThanKeptOnes) {
  const std::string cases = std::string(source_dir) + "/../shared/engine-cases";
  if (!std::filesystem::is_directory(cases)) GTEST_SKIP() << "needs the cases in ../shared/engine-cases";
  const Ran ran = run_campaign({"--check-optima", cases});
  if (ran.status == solver_missing) GTEST_SKIP() << ran.out;
  EXPECT_EQ(ran.status, 0) << ran.out << ran.err;
  EXPECT_NE(ran.out.find(": equal"), std::string::npos) << ran.out;
}

}  // namespace
}  // namespace hanjari::tests
