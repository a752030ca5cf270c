// `hanjari serve` where few files may be open: whoever opens connections takes none away from the database.
#include <arpa/inet.h>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "places.h"
#include "program/serve/open_files.h"
#include "stage/code_thrown.h"
#include "stage/test_database.h"

extern char** environ;

namespace hanjari::cli {
namespace {

using namespace std::chrono_literals;

TEST(OpenFiles, AreDividedSoThatTheDatabaseKeepsItsOwn) {
  EXPECT_EQ(connections_within(1'048'576, 16, 16'000), 16'000U) << "as it was set";
  EXPECT_EQ(connections_within(20'000, 16, 16'000), 6'634U);
  EXPECT_EQ(connections_within(128, 16, 16'000), 10U);
  EXPECT_EQ(connections_within(128, 16, 5), 5U);
  EXPECT_EQ(hanjari::tests::code_thrown([] { connections_within(64, 16, 16'000); }), "too_few_files");
  for (std::uint64_t files = 120; files < 70'000; files += 97) EXPECT_LE(3 * connections_within(files, 16, 16'000) + 16 + 80, files);
}

int connect_to(std::uint16_t port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  timeval longest{60, 0};
  ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &longest, sizeof longest);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    ::close(socket);
    return -1;
  }
  return socket;
}

// The status of the answer; 0 when nothing came.
int status_of(std::uint16_t port, const std::string& path) {
  const int socket = connect_to(port);
  if (socket < 0) return 0;
  const std::string request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  ::send(socket, request.data(), request.size(), MSG_NOSIGNAL);
  std::string text;
  std::array<char, 65'536> bytes{};
  for (ssize_t size = 0; (size = ::recv(socket, bytes.data(), bytes.size(), 0)) > 0;)
    text.append(bytes.data(), static_cast<std::size_t>(size));
  ::close(socket);
  return text.starts_with("HTTP/1.1 ") ? std::atoi(text.c_str() + 9) : 0;
}

// The program with its own database, behind a limit of the shell. It is killed with the object, and its database ends with it.
class LimitedServer {
 public:
  LimitedServer(const std::filesystem::path& data, const std::string& limit) : log_(data / "serve.log") {
    std::vector<std::string> words{"/bin/bash", "-c", limit + " || exit 99; exec \"$0\" \"$@\"", hanjari::tests::program_file, "serve", "--data",
                                   data.string()};
    for (const char* listener : {"--portal-port", "--office-port", "--operations-port"}) {
      words.emplace_back(listener);
      words.emplace_back("0");
    }
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 1, log_.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    posix_spawn_file_actions_adddup2(&actions, 1, 2);
    const int failed = ::posix_spawn(&child_, argv.front(), &actions, nullptr, argv.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) throw std::runtime_error("the program cannot be started");
  }
  ~LimitedServer() {
    if (child_ == 0) return;
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
  }
  LimitedServer(const LimitedServer&) = delete;
  LimitedServer& operator=(const LimitedServer&) = delete;

  void await_ready() {
    const auto until = std::chrono::steady_clock::now() + 5min;
    while (std::chrono::steady_clock::now() < until) {
      const std::string said = text();
      const auto ready = said.find("\"event\":\"ready\"");
      if (ready != std::string::npos && said.find('\n', ready) != std::string::npos) {
        portal = port_after(said, ready, "\"portal\":\"");
        operations = port_after(said, ready, "\"operations\":\"");
        return;
      }
      if (::waitpid(child_, nullptr, WNOHANG) == child_) {
        child_ = 0;
        throw std::runtime_error("the server has ended: " + said);
      }
      std::this_thread::sleep_for(20ms);
    }
    throw std::runtime_error("the server is not ready");
  }
  // Its exit status, when it ends by itself.
  int await_end() {
    int status = 0;
    ::waitpid(child_, &status, 0);
    child_ = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }
  std::string text() const { return std::filesystem::exists(log_) ? read_file(log_) : std::string{}; }
  std::uint16_t portal = 0;
  std::uint16_t operations = 0;

 private:
  static std::uint16_t port_after(const std::string& text, std::size_t from, const std::string& name) {
    return static_cast<std::uint16_t>(std::stoi(text.substr(text.find(name, from) + name.size(), 5)));
  }

  pid_t child_ = 0;
  std::filesystem::path log_;
};

// Red as long as a listener took as many connections as there were files: the database was "away" (error 2013) for everybody while one
// source held two hundred connections.
TEST(FewFiles, AreNotTakenFromTheDatabaseByWhoeverConnects) {
  const hanjari::tests::TestFolder folder;
  hanjari::tests::copy_prepared_data(folder.path());
  LimitedServer server(folder.path(), "ulimit -n 128");
  server.await_ready();
  EXPECT_EQ(status_of(server.portal, "/api/v1/exams?page=1"), 200);
  std::vector<int> silent;
  for (int number = 0; number < 200; ++number) {
    const int socket = connect_to(server.portal);
    if (socket < 0) break;
    ::send(socket, "GET", 3, MSG_NOSIGNAL);
    silent.push_back(socket);
    if (number % 20 == 0) EXPECT_EQ(status_of(server.operations, "/health/ready"), 200) << number;
  }
  EXPECT_EQ(silent.size(), 200U);
  EXPECT_EQ(status_of(server.operations, "/health/live"), 200);
  EXPECT_EQ(status_of(server.operations, "/health/ready"), 200) << server.text();
  EXPECT_THAT(status_of(server.portal, "/api/v1/exams?page=1"), testing::AnyOf(200, 503)) << "or told that there are too many connections";
  for (const int socket : silent) ::close(socket);
  const auto until = std::chrono::steady_clock::now() + 1min;
  int status = 0;
  while (status != 200 && std::chrono::steady_clock::now() < until) status = status_of(server.portal, "/api/v1/exams?page=1");
  EXPECT_EQ(status, 200);
  EXPECT_EQ(server.text().find("database_lost"), std::string::npos) << server.text();
}

TEST(FewFiles, ThatDoNotSufficeAreToldAtTheStart) {
  const hanjari::tests::TestFolder folder;
  hanjari::tests::copy_prepared_data(folder.path());
  LimitedServer server(folder.path(), "ulimit -n 80");
  EXPECT_EQ(server.await_end(), 5);
  EXPECT_THAT(server.text(), testing::HasSubstr("LimitNOFILE"));
}

}  // namespace
}  // namespace hanjari::cli
