// tools/demo as a user meets it. Runs with the release program that tools/test has built.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>

#include "places.h"
#include "program/program.h"

namespace hanjari::tests {
namespace {

using namespace std::chrono_literals;

const std::string root = hanjari::tests::source_dir;

bool without_release_program() {
  return std::getenv("HANJARI_RELEASE_PROGRAM") == nullptr;
}

std::string text_of(const std::filesystem::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

bool something_runs_with(const std::string& word) {
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    if (entry.path().filename().string().find_first_not_of("0123456789") != std::string::npos) continue;
    if (text_of(entry.path() / "cmdline").find(word) != std::string::npos) return true;
  }
  return false;
}

template <class Condition>
bool comes_true(Condition condition, std::chrono::seconds timeout) {
  const auto until = std::chrono::steady_clock::now() + timeout;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > until) return false;
    std::this_thread::sleep_for(100ms);
  }
  return true;
}

TEST(Demo, ServesWhatItSaysLeavesNothingAfterKill9AndRunsAgain) {
  if (without_release_program()) GTEST_SKIP() << "HANJARI_RELEASE_PROGRAM is not set: run tools/test";
  const TemporaryFolder folder;
  const std::string said = folder / "said";
  const std::string demo = root + "/tools/demo";
  const pid_t script = ::fork();
  ASSERT_GE(script, 0);
  if (script == 0) {
    const int file = ::open(said.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ::dup2(file, STDOUT_FILENO);
    ::dup2(file, STDERR_FILENO);
    ::execl(demo.c_str(), demo.c_str(), "--port", "18480", nullptr);
    ::_exit(127);
  }
  int status = 0;
  const auto ready_or_over = [&] {
    return text_of(said).find("Ctrl-C stops") != std::string::npos || ::waitpid(script, &status, WNOHANG) == script;
  };
  const bool came = comes_true(ready_or_over, 800s);
  if (!came) ::kill(script, SIGKILL);
  ASSERT_TRUE(came && text_of(said).find("Ctrl-C stops") != std::string::npos) << text_of(said);
  EXPECT_TRUE(something_runs_with("build/demo/data"));

  const Ran reader = run_program_file("/usr/bin/env", {"node", root + "/tests/program/demo_reader.mjs", said});
  EXPECT_EQ(reader.status, 0) << reader.err;

  ::kill(script, SIGKILL);
  ::waitpid(script, &status, 0);
  EXPECT_TRUE(comes_true([] { return !something_runs_with("build/demo/data"); }, 20s));

  // And again, over what the killed one left; --once stops after the summary.
  const Ran ran = run_program_file(root + "/tools/demo", {"--once"});
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_NE(ran.out.find("36,109 of 36,109"), std::string::npos) << ran.out;
  EXPECT_FALSE(something_runs_with("build/demo/data"));
}

TEST(Demo, TellsItsUse) {
  EXPECT_EQ(run_program_file(root + "/tools/demo", {"--port", "no"}).status, 64);
  EXPECT_EQ(run_program_file(root + "/tools/demo", {"--what"}).status, 64);
}

}  // namespace
}  // namespace hanjari::tests
