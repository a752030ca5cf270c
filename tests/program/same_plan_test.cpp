// Same input, same plan: placements.csv byte for byte, whatever the order of rows, the number of threads or the
// compiler.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "hanjari/base/file.h"
#include "hanjari/base/random.h"
#include "program/program.h"

namespace hanjari::tests {
namespace {

namespace fs = std::filesystem;

// The rows of every CSV file of the package in another order.
void shuffle_package(const std::string& from, const std::string& to) {
  fs::create_directories(to);
  for (const auto& entry : fs::directory_iterator(from)) {
    std::string text = read_file(entry.path());
    if (entry.path().extension() == ".csv") {
      std::vector<std::string> lines;
      for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text.find('\n', at);
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
      }
      std::vector<std::string> rows(lines.begin() + 1, lines.end());
      RandomStream(*parse_seed("5"), entry.path().filename().string()).shuffle(rows);
      text = lines[0] + "\n";
      for (const std::string& row : rows) text += row + "\n";
    }
    AtomicFile file(fs::path(to) / entry.path().filename());
    file.write(text);
    file.commit();
  }
}

// An exam of the founding size with accommodations, and its plan by the program under test with one thread.
class SamePlan : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new TemporaryFolder;
    ASSERT_EQ(run_hanjari({"sample", "--out", *folder_ / "exam", "--accommodations", "1.5"}).status, 0);
    placements_ = plan(program_under_test(), *folder_ / "exam", {"--threads", "1"});
  }
  static void TearDownTestSuite() { delete folder_; }

  static std::string plan(const std::string& program, const std::string& exam, std::vector<std::string> options) {
    options.insert(options.begin(), {"plan", exam, "--out", *folder_ / "plan", "--replace", "--rounds", "2"});
    const Ran ran = run_program_file(program, options);
    EXPECT_EQ(ran.status, 0) << ran.err;
    return read_file(*folder_ / "plan/placements.csv");
  }

  static TemporaryFolder* folder_;
  static std::string placements_;
};
TemporaryFolder* SamePlan::folder_ = nullptr;
std::string SamePlan::placements_;

TEST_F(SamePlan, WhateverTheNumberOfThreads) {
  for (const char* threads : {"2", "5"})
    EXPECT_TRUE(plan(program_under_test(), *folder_ / "exam", {"--threads", threads}) == placements_) << threads;
}

TEST_F(SamePlan, WhateverTheOrderOfTheRows) {
  shuffle_package(*folder_ / "exam", *folder_ / "shuffled");
  EXPECT_TRUE(plan(program_under_test(), *folder_ / "shuffled", {}) == placements_);
}

TEST_F(SamePlan, WhicheverCompilerBuiltTheProgram) {
#ifndef __clang__
  GTEST_SKIP() << "the release program is g++'s too: build the tests with the preset dev, whose compiler is clang++";
#endif
  const char* other = std::getenv("HANJARI_RELEASE_PROGRAM");
  if (other == nullptr) GTEST_SKIP() << "needs HANJARI_RELEASE_PROGRAM, a program built by g++ (tools/test sets it)";
  EXPECT_TRUE(plan(other, *folder_ / "exam", {}) == placements_);
}

}  // namespace
}  // namespace hanjari::tests
