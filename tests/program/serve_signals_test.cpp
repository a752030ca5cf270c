// The served program and its signals as a service manager sends them: while it sets up its database, and while it hangs
// on a file that it was told to read again.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string>
#include <thread>

#include "program/program.h"

namespace hanjari::tests {
namespace {

using namespace std::chrono_literals;

// A server of its own on free ports, with its log in a file.
class ServedProgram {
 public:
  ServedProgram(const TemporaryFolder& folder, const std::string& log) : log_(folder / log) {
    const std::string program = program_under_test();
    const std::string data = folder / "data";
    const std::string config = folder / "settings";
    child_ = ::fork();
    if (child_ != 0) return;
    const int file = ::open(log_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ::dup2(file, STDOUT_FILENO);
    ::dup2(file, STDERR_FILENO);
    ::execl(program.c_str(), program.c_str(), "serve", "--data", data.c_str(), "--config", config.c_str(),
            "--portal-port", "0", "--office-port", "0", "--operations-port", "0", nullptr);
    ::_exit(127);
  }
  ~ServedProgram() {
    if (ended_) return;
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
  }
  ServedProgram(const ServedProgram&) = delete;
  ServedProgram& operator=(const ServedProgram&) = delete;

  void signal(int number) const { ::kill(child_, number); }
  std::string log() const {
    std::ifstream file(log_);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  bool says(const std::string& words) {
    return within([&] { return log().find(words) != std::string::npos || has_ended(); }) &&
           log().find(words) != std::string::npos;
  }
  // Its exit status; nothing when it goes on.
  std::optional<int> end() {
    within([this] { return has_ended(); });
    return ended_;
  }

 private:
  template <class Condition>
  static bool within(Condition condition) {
    const auto until = std::chrono::steady_clock::now() + 5min;
    while (!condition()) {
      if (std::chrono::steady_clock::now() > until) return false;
      std::this_thread::sleep_for(20ms);
    }
    return true;
  }
  bool has_ended() {
    int status = 0;
    if (!ended_ && ::waitpid(child_, &status, WNOHANG) == child_)
      ended_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return ended_.has_value();
  }

  std::string log_;
  pid_t child_ = 0;
  std::optional<int> ended_;
};

// Red when the thread that waits for signals opened the database and read the configuration itself: SIGTERM waited for
// both, the second time for ever.
TEST(ServeSignals, EndTheProgramWhileItOpensAndWhileItHangsOnAFile) {
  const TemporaryFolder folder;
  const std::string settings = folder / "settings";
  std::ofstream(settings) << "log.level = info\n";
  {
    ServedProgram opening(folder, "first");
    // The folder is the first thing that it makes; the database is set up then.
    const auto until = std::chrono::steady_clock::now() + 5min;
    while (!std::filesystem::exists(folder / "data") && std::chrono::steady_clock::now() < until)
      std::this_thread::sleep_for(1ms);
    opening.signal(SIGTERM);
    EXPECT_EQ(opening.end(), 0) << opening.log();
    EXPECT_NE(opening.log().find("\"event\":\"stopped\""), std::string::npos) << opening.log();
    EXPECT_EQ(opening.log().find("\"event\":\"ready\""), std::string::npos) << opening.log();
  }
  ServedProgram served(folder, "second");
  ASSERT_TRUE(served.says("\"event\":\"ready\"")) << "broken off before, it starts all the same: " << served.log();
  std::filesystem::remove(settings);
  ASSERT_EQ(::mkfifo(settings.c_str(), 0600), 0);
  served.signal(SIGHUP);
  // The program has the pipe open, and waits in it for somebody who writes, once a writer could be its reader's peer:
  // from then on it is read, and nothing comes.
  const auto until = std::chrono::steady_clock::now() + 5min;
  int writer = -1;
  while (writer < 0 && std::chrono::steady_clock::now() < until) {
    writer = ::open(settings.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC);
    if (writer < 0) std::this_thread::sleep_for(5ms);
  }
  ASSERT_GE(writer, 0) << "the settings are being read again";
  served.signal(SIGTERM);
  EXPECT_EQ(served.end(), 0) << served.log();
  EXPECT_NE(served.log().find("\"unfinished\":\"reload\""), std::string::npos) << served.log();
  ::close(writer);
}

}  // namespace
}  // namespace hanjari::tests
