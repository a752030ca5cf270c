// tools/steps.sh and tools/keeper: however a script ends, what it started ends with it.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <thread>

#include "places.h"
#include "program/program.h"

extern char** environ;

namespace hanjari::tests {
namespace {

using namespace std::chrono_literals;

// Processes whose command line holds the word.
int processes_with(const std::string& word) {
  int count = 0;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const std::string name = entry.path().filename().string();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    std::ifstream file(entry.path() / "cmdline");
    const std::string words{std::istreambuf_iterator<char>(file), {}};
    if (words.find(word) != std::string::npos) ++count;
  }
  return count;
}

template <class Condition>
bool comes_about(Condition condition, std::chrono::seconds timeout) {
  const auto until = std::chrono::steady_clock::now() + timeout;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > until) return false;
    std::this_thread::sleep_for(20ms);
  }
  return true;
}

// A script with one endless step that starts processes in groups and under parents of their own, as ninja and shells
// do. Each carries the word in its command line.
class EndlessScript {
 public:
  explicit EndlessScript(const std::string& how) : word_("86400." + std::to_string(::getpid()) + how) {
    const std::string tools = std::string(hanjari::tests::source_dir) + "/tools";
    const std::string endless = "set -m; sleep " + word_ + " & (sleep " + word_ + " &) ; sleep " + word_;
    std::ofstream(folder_ / "script") << "set -euo pipefail\nsteps_folder=" << tools << "\n. " << tools << "/steps.sh\n"
                                      << "start_steps " << folder_ / "logs"
                                      << "\n"
                                      << "step endless bash -c '" << endless << "'\n";
    const std::string script = folder_ / "script";
    const char* const arguments[] = {"bash", script.c_str(), nullptr};
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF);
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);  // bash cannot trap what was ignored when it began
    posix_spawnattr_setsigdefault(&attributes, &signals);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    EXPECT_EQ(::posix_spawnp(&script_, "bash", &actions, &attributes, const_cast<char* const*>(arguments), environ), 0);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    EXPECT_TRUE(comes_about([this] { return processes_with("sleep" + std::string(1, '\0') + word_) == 3; }, 30s));
  }

  // Sends the signal and waits for the script; its exit status, or 128 + n when signal n ended it.
  int end_by(int signal) {
    ::kill(script_, signal);
    int status = 0;
    ::waitpid(script_, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }
  bool nothing_is_left() const {
    return comes_about([this] { return processes_with(word_) == 0; }, 15s);
  }

 private:
  TemporaryFolder folder_;
  std::string word_;
  pid_t script_ = 0;
};

TEST(Steps, NothingIsLeftAfterControlC) {
  EndlessScript script("2");
  EXPECT_EQ(script.end_by(SIGINT), 130);
  EXPECT_TRUE(script.nothing_is_left());
}

TEST(Steps, NothingIsLeftAfterSigterm) {
  EndlessScript script("15");
  EXPECT_EQ(script.end_by(SIGTERM), 143);
  EXPECT_TRUE(script.nothing_is_left());
}

TEST(Steps, NothingIsLeftAfterKill9) {
  EndlessScript script("9");
  EXPECT_EQ(script.end_by(SIGKILL), 128 + SIGKILL);
  EXPECT_TRUE(script.nothing_is_left());
}

Ran run_steps(const std::string& body) {
  const TemporaryFolder folder;
  const std::string tools = std::string(hanjari::tests::source_dir) + "/tools";
  return run_program_file("/bin/bash", {"-c", "set -euo pipefail; steps_folder=" + tools + "; . " + tools +
                                                  "/steps.sh; start_steps " + folder / "logs" + "; " + body});
}

TEST(Steps, AFailedStepEndsTheScriptWithItsStatusAndItsWords) {
  const Ran ran = run_steps("step breaks bash -c 'echo because; exit 7'; echo not reached");
  EXPECT_EQ(ran.status, 7);
  EXPECT_NE(ran.err.find("because"), std::string::npos);
  EXPECT_NE(ran.err.find("breaks failed (status 7)"), std::string::npos);
  EXPECT_EQ(ran.out, "");
}

TEST(Steps, AShortStepSaysNothing) {
  const Ran ran = run_steps("step short true; echo on");
  EXPECT_EQ(ran.status, 0);
  EXPECT_EQ(ran.err, "");
  EXPECT_EQ(ran.out, "on\n");
}

TEST(Steps, AStartedCommandSpeaksForItselfAndItsStatusComesBack) {
  const Ran ran = run_steps("start talking bash -c 'echo hello; exit 3'; await");
  EXPECT_EQ(ran.status, 3);
  EXPECT_EQ(ran.out, "hello\n");
}

TEST(Steps, WhatAStepLeavesBehindIsEnded) {
  const std::string word = "86400." + std::to_string(::getpid()) + "7";
  const Ran ran = run_steps("step leaves bash -c 'sleep " + word + " & exit 0'");
  EXPECT_EQ(ran.status, 0);
  EXPECT_TRUE(comes_about([&] { return processes_with(word) == 0; }, 10s));
}

}  // namespace
}  // namespace hanjari::tests
