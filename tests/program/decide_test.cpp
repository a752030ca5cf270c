// `hanjari decide` as an officer meets it.
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "hanjari/base/file.h"
#include "program/program.h"

namespace hanjari::tests {
namespace {

using ::testing::HasSubstr;

nlohmann::json report_of(const std::string& folder) {
  return nlohmann::json::parse(read_file(folder + "/report.json"));
}

TEST(DecideCommand, WritesDecisionCutsAndReportsAndTheSameBytesAgain) {
  const TemporaryFolder folder;
  ASSERT_EQ(run_hanjari({"sample-results", "--out", folder / "results", "--people", "2000"}).status, 0);
  const Ran ran = run_hanjari({"decide", folder / "results", "--out", folder / "first"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  ASSERT_EQ(run_hanjari({"decide", folder / "results", "--out", folder / "second"}).status, 0);
  for (const char* name : {"/decisions.csv", "/cuts.csv", "/report.en.html", "/report.ko.html"}) {
    EXPECT_EQ(read_file((folder / "first") + name), read_file((folder / "second") + name)) << name;
  }
  const nlohmann::json report = report_of(folder / "first");
  EXPECT_EQ(report["rules_sha256"].get<std::string>().size(), 64U);
  EXPECT_THAT(read_file((folder / "first") + "/report.ko.html"), HasSubstr(report["rules_sha256"].get<std::string>()));
  EXPECT_EQ(report["units"].size(), 28U);
}

TEST(DecideCommand, StopsAtTheGateWithStatusTwoAndWritesNothing) {
  const TemporaryFolder folder;
  ASSERT_EQ(run_hanjari({"sample-results", "--out", folder / "results", "--people", "300"}).status, 0);
  std::ofstream((folder / "results") + "/scores.csv", std::ios::app) << "01000001,01,korean,common,80.005\n";
  const Ran ran = run_hanjari({"decide", folder / "results", "--out", folder / "decision"});
  EXPECT_EQ(ran.status, 2);
  EXPECT_THAT(ran.err, HasSubstr("scores.csv:"));
  EXPECT_THAT(ran.err, HasSubstr(": raw: "));
  EXPECT_FALSE(std::filesystem::exists(folder / "decision"));
}

TEST(DecideCommand, TellsAPersonsPathAndRefusesAnUnknownNumber) {
  const TemporaryFolder folder;
  ASSERT_EQ(run_hanjari({"sample-results", "--out", folder / "results", "--people", "300"}).status, 0);
  const Ran told = run_hanjari({"decide", folder / "results", "--explain", "01000001,02000001"});
  EXPECT_EQ(told.status, 0) << told.err;
  EXPECT_THAT(told.out, HasSubstr("02000001\n   2  "));
  EXPECT_EQ(run_hanjari({"decide", folder / "results", "--explain", "nobody"}).status, 2);
  EXPECT_EQ(run_hanjari({"decide", folder / "results"}).status, 64);
}

// Red when a decline is read by the service alone, or counts for the written stage.
TEST(DecideCommand, LeavesOutWhoDeclinesInTheFinalStage) {
  const TemporaryFolder folder;
  ASSERT_EQ(run_hanjari({"sample-results", "--out", folder / "results", "--people", "2000", "--interviews"}).status, 0);
  ASSERT_EQ(run_hanjari({"decide", folder / "results", "--out", folder / "first", "--stage", "final"}).status, 0);
  const std::string before = read_file((folder / "first") + "/decisions_final.csv");
  const auto passed = before.find(",passed,");
  ASSERT_NE(passed, std::string::npos);
  const auto line = before.rfind('\n', passed) + 1;
  const std::string number = before.substr(line, before.find(',', line) - line);
  std::ofstream(folder / "declines.csv") << "applicant_number\n" << number << "\n";
  const Ran ran = run_hanjari({"decide", folder / "results", "--out", folder / "second", "--stage", "final", "--declines", folder / "declines.csv"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  const std::string after = read_file((folder / "second") + "/decisions_final.csv");
  EXPECT_THAT(after, HasSubstr("\n" + before.substr(line, passed - line) + ",declined,"));
  EXPECT_EQ(run_hanjari({"decide", folder / "results", "--out", folder / "third", "--declines", folder / "declines.csv"}).status, 64);
  std::ofstream(folder / "declines.csv") << "applicant_number\nnobody\n";
  EXPECT_EQ(run_hanjari({"decide", folder / "results", "--out", folder / "third", "--stage", "final", "--declines", folder / "declines.csv"}).status,
            2);
  EXPECT_FALSE(std::filesystem::exists(folder / "third"));
}

// July 2021: the report tells what absent people counted as zero would have changed.
TEST(DecideCommand, ShowsWhatAbsentPeopleAsZeroWouldHaveChanged) {
  const TemporaryFolder folder;
  ASSERT_EQ(run_hanjari(
                {"sample-results", "--out", folder / "results", "--people", "7000", "--units", "20", "--absent", "40"})
                .status,
            0);
  ASSERT_EQ(run_hanjari({"decide", folder / "results", "--out", folder / "decision"}).status, 0);
  const nlohmann::json wrong = report_of(folder / "decision")["absent_as_zero"];
  EXPECT_GT(wrong["verdicts_changed"].get<int>(), 0);
  EXPECT_GT(wrong["cuts"].size(), 0U);
}

TEST(DecideCommand, ListsTheVerdictsThatAWhatIfChanges) {
  const TemporaryFolder folder;
  ASSERT_EQ(run_hanjari({"sample-results", "--out", folder / "results", "--people", "1000"}).status, 0);
  const Ran ran = run_hanjari({"decide", folder / "results", "--out", folder / "other", "--set", "to_pass.01=5"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  const std::string differences = read_file((folder / "other") + "/differences.csv");
  EXPECT_THAT(differences, HasSubstr(",01,passed,not_passed,"));
  const Ran same =
      run_hanjari({"decide", folder / "results", "--out", folder / "same", "--compare-with", folder / "results"});
  ASSERT_EQ(same.status, 0) << same.err;
  const std::string none = read_file((folder / "same") + "/differences.csv");
  EXPECT_EQ(none.find('\n'), none.size() - 1);
}

TEST(DecideCommand, DecidesTheFinalStageAndRefusesDecisionsOfOtherMarks) {
  const TemporaryFolder folder;
  ASSERT_EQ(run_hanjari({"sample-results", "--out", folder / "results", "--people", "1000", "--interviews"}).status, 0);
  // The decision may lie in the package's own folder; nothing there is lost.
  ASSERT_EQ(run_hanjari({"decide", folder / "results", "--out", folder / "results"}).status, 0);
  const std::string written = read_file((folder / "results") + "/passed.ko.html");
  const Ran ran = run_hanjari({"decide", folder / "results", "--out", folder / "results", "--stage", "final"});
  ASSERT_EQ(ran.status, 0) << ran.err;
  EXPECT_TRUE(std::filesystem::exists((folder / "results") + "/cuts_final.csv"));
  EXPECT_TRUE(std::filesystem::exists((folder / "results") + "/people.csv"));
  EXPECT_EQ(read_file((folder / "results") + "/passed.ko.html"), written) << "the list of the written stage stays";
  EXPECT_NE(read_file((folder / "results") + "/passed_final.ko.html"), written);
  std::ofstream((folder / "results") + "/decisions.csv", std::ios::app) << "x\n";
  EXPECT_EQ(run_hanjari({"decide", folder / "results", "--out", folder / "final", "--stage", "final"}).status, 2);
}

}  // namespace
}  // namespace hanjari::tests
