// The built program on a machine that gives it little: files that may not grow, few open files, little memory, a folder that was mounted
// read-only. Every command says so in words, with its own exit status, and leaves nothing half-written.
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "program/program.h"

namespace hanjari::tests {
namespace {

namespace fs = std::filesystem;
using testing::AnyOf;
using testing::HasSubstr;

// The command behind limits of the shell, such as "ulimit -f 1".
Ran run_limited(const std::string& limits, const std::vector<std::string>& words, const std::string& program) {
  std::vector<std::string> all{"-c", limits + " || exit 99; exec \"$0\" \"$@\"", program};
  all.insert(all.end(), words.begin(), words.end());
  return run_program_file("/bin/bash", all);
}

class ScarceMachine : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(run_hanjari({"sample", "--out", exam(), "--applicants", "120", "--venues", "2", "--units", "2"}).status, 0);
  }
  std::string exam() const { return folder_ / "exam"; }
  std::vector<std::string> plan_to(const std::string& out) const {
    return {"plan", exam(), "--rounds", "1", "--threads", "1", "--out", out};
  }
  // Names in the folder, those that begin with a point too.
  std::vector<std::string> names_in(const std::string& folder) const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename().string());
    return names;
  }

  TemporaryFolder folder_;
};

// Red as long as the signal SIGXFSZ ended the program without a word, with a part of the folder left.
TEST_F(ScarceMachine, AFileThatMayNotGrowIsToldLikeAFullDisk) {
  const std::string place = folder_ / "place";
  fs::create_directory(place);
  for (const int kilobytes : {0, 1, 2}) {
    const Ran ran = run_limited("ulimit -c 0 && ulimit -f " + std::to_string(kilobytes), plan_to(place + "/plan"), program_under_test());
    // What is said goes to a file too, so that nothing is said where no file may grow at all.
    EXPECT_EQ(ran.status, 5) << kilobytes << ": " << ran.err;
    if (kilobytes > 0) EXPECT_THAT(ran.err, HasSubstr("cannot be written")) << kilobytes;
    EXPECT_TRUE(names_in(place).empty()) << kilobytes;
  }
}

// Red as long as lack of memory was called an internal error (exit status 70). Sanitizers reserve more addresses than any limit leaves.
TEST_F(ScarceMachine, LackOfMemoryIsToldAsWhatItIs) {
  if (std::getenv("HANJARI_RELEASE_PROGRAM") == nullptr) GTEST_SKIP() << "HANJARI_RELEASE_PROGRAM names no program without sanitizers";
  ASSERT_EQ(run_hanjari({"sample", "--out", folder_ / "large", "--applicants", "20000"}).status, 0);
  const std::string place = folder_ / "place";
  fs::create_directory(place);
  int told = 0;
  for (int megabytes = 80; megabytes <= 130; megabytes += 5) {
    const Ran ran = run_limited("ulimit -v " + std::to_string(megabytes * 1'000),
                                {"plan", folder_ / "large", "--rounds", "1", "--threads", "1", "--out", place + "/plan"}, program_under_test());
    // 127: not even the libraries were loaded.
    ASSERT_THAT(ran.status, AnyOf(0, 5, 127)) << megabytes << " MB: " << ran.err;
    if (ran.status == 5) {
      ++told;
      EXPECT_THAT(ran.err, HasSubstr("memory does not suffice")) << megabytes;
      EXPECT_TRUE(names_in(place).empty()) << megabytes;
    }
    if (ran.status == 0) break;
  }
  EXPECT_GT(told, 0) << "no limit was between loading and planning";
}

// Red while a thread or mapping that the system refused was an internal error, in every command that opens a database.
TEST_F(ScarceMachine, LackOfMemoryBesideADatabaseIsToldAsWhatItIs) {
  if (std::getenv("HANJARI_RELEASE_PROGRAM") == nullptr) GTEST_SKIP() << "HANJARI_RELEASE_PROGRAM names no program without sanitizers";
  const std::string data = folder_ / "data";
  ASSERT_EQ(run_hanjari({"db", "upgrade", "--data", data}).status, 0);
  const std::vector<std::vector<std::string>> commands{
      {"db", "status", "--data", data},
      {"account", "list", "--data", data},
      {"serve", "--data", data, "--portal-port", "0", "--office-port", "0", "--operations-port", "0"}};
  int told = 0;
  for (const auto& command : commands) {
    for (int megabytes = 80; megabytes <= 200; megabytes += 10) {
      std::vector<std::string> words{"-s", "KILL", "20", program_under_test()};
      words.insert(words.end(), command.begin(), command.end());
      const Ran ran = run_limited("ulimit -v " + std::to_string(megabytes * 1'000), words, "/usr/bin/timeout");
      // 127: not even the libraries were loaded; 137: it served until it was ended.
      ASSERT_THAT(ran.status, AnyOf(0, 5, 127, 137)) << command[0] << " " << megabytes << " MB: " << ran.err;
      EXPECT_THAT(ran.err, testing::Not(HasSubstr("internal error"))) << command[0] << " " << megabytes << " MB";
      if (ran.status == 5) ++told;
      if (ran.status == 0 || ran.status == 137) break;
    }
  }
  EXPECT_GT(told, 0);
}

TEST_F(ScarceMachine, FewOpenFilesAreEnoughOrAreTold) {
  const std::string plan = folder_ / "plan";
  ASSERT_EQ(run_hanjari(plan_to(plan)).status, 0);
  for (const int files : {6, 8, 12, 20, 40, 128}) {
    const std::string limit = "ulimit -n " + std::to_string(files);
    const std::string out = folder_ / ("out-" + std::to_string(files));
    const Ran planned = run_limited(limit, plan_to(out), program_under_test());
    const Ran drawn = run_limited(limit, {"papers", exam(), plan, "--paper", "roster", "--threads", "2", "--out", out + "-papers"}, program_under_test());
    for (const Ran& ran : {planned, drawn}) {
      // 127: not even the libraries were loaded.
      EXPECT_THAT(ran.status, AnyOf(0, 5, 127)) << files << ": " << ran.err;
      if (ran.status != 0) EXPECT_FALSE(ran.err.empty()) << files;
      if (files == 128) EXPECT_EQ(ran.status, 0) << ran.err;
    }
    if (planned.status != 0) EXPECT_FALSE(fs::exists(out)) << files;
  }
}

// A program for which `place` is mounted read-only, and for nobody else.
Ran run_mounted(const std::string& place, const std::vector<std::string>& words) {
  const std::string mounted = "mount --bind \"$P\" \"$P\" && mount -o remount,bind,ro \"$P\"";
  std::vector<std::string> all{"--user", "--map-root-user", "--mount", "/bin/bash", "-c",
                               "P='" + place + "'; (" + mounted + ") || exit 99; exec \"$0\" \"$@\"", words.front()};
  all.insert(all.end(), words.begin() + 1, words.end());
  return run_program_file("/usr/bin/unshare", all);
}

TEST_F(ScarceMachine, AFolderThatWasMountedReadOnlyIsToldAndLeftAsItWas) {
  const std::string place = folder_ / "place";
  fs::create_directory(place);
  ASSERT_EQ(run_hanjari(plan_to(place + "/plan")).status, 0);
  if (run_mounted(place, {"/bin/true"}).status != 0) GTEST_SKIP() << "this machine lets nobody mount in a namespace of its own";
  const std::vector<std::vector<std::string>> commands{plan_to(place + "/other"),
                                                       {"plan", exam(), "--rounds", "1", "--replace", "--out", place + "/plan"}};
  for (std::vector<std::string> words : commands) {
    words.insert(words.begin(), program_under_test());
    const Ran ran = run_mounted(place, words);
    EXPECT_EQ(ran.status, 5) << ran.err;
    EXPECT_THAT(ran.err, HasSubstr("cannot be written"));
  }
  EXPECT_THAT(names_in(place), testing::ElementsAre("plan"));
  EXPECT_EQ(run_hanjari({"verify", exam(), place + "/plan"}).status, 0) << "the plan that stood there is whole";
}

// What a machine does to a disk with errors, between two starts.
TEST_F(ScarceMachine, ADataFolderThatWasMountedReadOnlyIsToldAndOpensAfterwards) {
  const std::string data = folder_ / "data";
  const std::vector<std::string> import_command{"import", exam(), "--data", data};
  ASSERT_EQ(run_hanjari(import_command).status, 0);
  if (run_mounted(data, {"/bin/true"}).status != 0) GTEST_SKIP() << "this machine lets nobody mount in a namespace of its own";
  const std::vector<std::vector<std::string>> commands{
      import_command, {"serve", "--data", data, "--portal-port", "0", "--office-port", "0", "--operations-port", "0"}};
  for (std::vector<std::string> words : commands) {
    words.insert(words.begin(), program_under_test());
    const Ran ran = run_mounted(data, words);
    EXPECT_EQ(ran.status, 5) << words[1] << ": " << ran.out << ran.err;
    EXPECT_THAT(ran.out + ran.err, HasSubstr("Read-only file system")) << words[1];
  }
  EXPECT_EQ(run_hanjari(import_command).status, 0) << "mounted for writing again";
}

}  // namespace
}  // namespace hanjari::tests
