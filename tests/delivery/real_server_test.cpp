// Against a real SMTP server, aiosmtpd, which writes down what it takes.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <Poco/Net/ServerSocket.h>

#include <array>
#include <filesystem>
#include <thread>

#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "hanjari/delivery/carriers.h"

namespace hanjari::tests {
namespace {

constexpr const char* program = "/usr/bin/aiosmtpd";

class RealServer {
 public:
  RealServer() {
    {
      Poco::Net::ServerSocket free(Poco::Net::SocketAddress("127.0.0.1", 0));
      port = free.address().port();
    }
    std::string pattern = (std::filesystem::temp_directory_path() / "hanjari-mail-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    const std::string out = (folder / "taken").string();
    const std::string listen = "127.0.0.1:" + std::to_string(port);
    const std::array<const char*, 5> words{program, "-n", "-l", listen.c_str(), nullptr};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    const std::array<char*, 2> environment{const_cast<char*>("PYTHONUNBUFFERED=1"), nullptr};
    ::posix_spawn(&pid_, program, &actions, nullptr, const_cast<char**>(words.data()), environment.data());
    posix_spawn_file_actions_destroy(&actions);
  }
  ~RealServer() {
    ::kill(pid_, SIGTERM);
    ::waitpid(pid_, nullptr, 0);
    std::filesystem::remove_all(folder);
  }
  std::string taken() const { return read_file(folder / "taken"); }

  std::uint16_t port = 0;
  std::filesystem::path folder;

 private:
  pid_t pid_ = -1;
};

TEST(RealSmtpServer, TakesAKoreanMessageAsItWasWritten) {
  if (!std::filesystem::exists(program)) GTEST_SKIP() << "aiosmtpd is not installed (python3-aiosmtpd)";
  RealServer server;
  delivery::MailSettings settings;
  settings.host = "127.0.0.1";
  settings.port = server.port;
  settings.from = "exam@example.org";
  services::Message message;
  message.dedupe_id = "receipt/1/abc";
  message.to = "sky@example.com";
  message.subject = "원서가 제출되었습니다";
  message.body = "접수번호 abc";
  for (int tries = 0;; ++tries) {
    try {
      delivery::SmtpCarrier(settings).carry(message);
      break;
    } catch (const Unavailable&) {
      ASSERT_LT(tries, 200) << "the server does not come up";
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
  }
  std::string taken;
  for (int tries = 0; tries < 100 && taken.find("END MESSAGE") == std::string::npos; ++tries) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    taken = server.taken();
  }
  EXPECT_THAT(taken, testing::HasSubstr("To: <sky@example.com>"));
  EXPECT_THAT(taken, testing::HasSubstr("7KCR7IiY67KI7Zi4IGFiYw=="));  // the body in base64
  EXPECT_THAT(taken, testing::HasSubstr("Auto-Submitted: auto-generated"));
}

}  // namespace
}  // namespace hanjari::tests
