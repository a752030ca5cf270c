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
#include <vector>

#include "hanjari/base/error.h"
#include "hanjari/base/file.h"
#include "hanjari/messages/delivery/carriers.h"

namespace hanjari::tests {
namespace {

constexpr const char* program = "/usr/bin/aiosmtpd";

class RealServer {
 public:
  enum class Tls { no, with_certificate };
  explicit RealServer(Tls tls = Tls::no) {
    {
      Poco::Net::ServerSocket free(Poco::Net::SocketAddress("127.0.0.1", 0));
      port = free.address().port();
    }
    std::string pattern = (std::filesystem::temp_directory_path() / "hanjari-mail-XXXXXX").string();
    folder = ::mkdtemp(pattern.data());
    const std::string out = (folder / "taken").string();
    const std::string listen = "127.0.0.1:" + std::to_string(port);
    std::vector<const char*> words{program, "-n", "-l", listen.c_str()};
    const std::string certificate = (folder / "certificate.pem").string();
    const std::string key = (folder / "key.pem").string();
    if (tls == Tls::with_certificate) {
      const std::string command =
          "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext "
          "'subjectAltName=DNS:localhost' "
          "-keyout '" +
          key + "' -out '" + certificate + "' 2>/dev/null";
      EXPECT_EQ(std::system(command.c_str()), 0);
      words.insert(words.end(), {"--tlscert", certificate.c_str(), "--tlskey", key.c_str()});
    }
    words.push_back(nullptr);
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
  // What it has taken, once these words are in it.
  std::string wait_for(const std::string& words) const {
    std::string taken;
    for (int tries = 0; tries < 200 && taken.find(words) == std::string::npos; ++tries) {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
      taken = read_file(folder / "taken");
    }
    return taken;
  }

  std::uint16_t port = 0;
  std::filesystem::path folder;

 private:
  pid_t pid_ = -1;
};

// The server takes a moment to come up.
bool carry_when_up(const delivery::MailSettings& settings, const services::Message& message) {
  for (int tries = 0; tries < 200; ++tries) {
    try {
      delivery::SmtpCarrier(settings).carry(message);
      return true;
    } catch (const Unavailable&) {
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
  }
  return false;
}

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
  ASSERT_TRUE(carry_when_up(settings, message));
  const std::string taken = server.wait_for("END MESSAGE");
  EXPECT_THAT(taken, testing::HasSubstr("To: <sky@example.com>"));
  EXPECT_THAT(taken, testing::HasSubstr("7KCR7IiY67KI7Zi4IGFiYw=="));  // the body in base64
  EXPECT_THAT(taken, testing::HasSubstr("Auto-Submitted: auto-generated"));
}

TEST(RealSmtpServer, TakesNothingInTheClearWhenTlsIsWanted) {
  if (!std::filesystem::exists(program)) GTEST_SKIP() << "aiosmtpd is not installed (python3-aiosmtpd)";
  services::Message message;
  message.dedupe_id = "receipt/1/tls";
  message.to = "sky@example.com";
  message.subject = "secret";
  message.body = "words";
  RealServer server(RealServer::Tls::with_certificate);
  delivery::MailSettings settings;
  settings.host = "localhost";
  settings.port = server.port;
  settings.from = "exam@example.org";
  settings.starttls = true;
  settings.authorities = (server.folder / "certificate.pem").string();
  ASSERT_TRUE(carry_when_up(settings, message));
  EXPECT_THAT(server.wait_for("END MESSAGE"), testing::HasSubstr("To: <sky@example.com>"));
  // A certificate of nobody who is believed, or for another name, gets no message.
  delivery::MailSettings stranger = settings;
  stranger.authorities.clear();
  EXPECT_THROW(delivery::SmtpCarrier(stranger).carry(message), Unavailable);
  stranger = settings;
  stranger.host = "127.0.0.1";
  EXPECT_THROW(delivery::SmtpCarrier(stranger).carry(message), Unavailable);
  // Nor does a server without TLS.
  RealServer open;
  settings.port = open.port;
  settings.starttls = false;
  ASSERT_TRUE(carry_when_up(settings, message));
  settings.starttls = true;
  EXPECT_THROW(delivery::SmtpCarrier(settings).carry(message), Unavailable);
}

}  // namespace
}  // namespace hanjari::tests
