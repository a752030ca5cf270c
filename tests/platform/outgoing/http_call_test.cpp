#include "hanjari/outgoing/http_call.h"

#include <Poco/Net/Context.h>
#include <Poco/Net/SecureServerSocket.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/StreamSocket.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>
#include <thread>

#include "hanjari/base/error.h"

namespace hanjari::tests {
namespace {

using outgoing::CallLimits;
using outgoing::HttpCall;

// Answers each connection once with the same bytes and keeps the head it was sent.
class Answerer {
 public:
  Answerer(Poco::Net::ServerSocket socket, std::string answer)
      : socket_(std::move(socket)), answer_(std::move(answer)), thread_([this] { run(); }) {}
  ~Answerer() {
    done_ = true;
    thread_.join();
  }
  std::uint16_t port() const { return socket_.address().port(); }
  std::string heard() const { return heard_; }

 private:
  void run() {
    while (!done_) {
      if (!socket_.poll(Poco::Timespan(0, 20'000), Poco::Net::Socket::SELECT_READ)) continue;
      try {
        Poco::Net::StreamSocket client = socket_.acceptConnection();
        client.setReceiveTimeout(Poco::Timespan(2, 0));
        char bytes[4096];
        while (heard_.find("\r\n\r\n") == std::string::npos || heard_.find("body of") == std::string::npos) {
          const int got = client.receiveBytes(bytes, sizeof bytes);
          if (got <= 0) break;
          heard_.append(bytes, static_cast<std::size_t>(got));
          if (heard_.starts_with("GET") && heard_.find("\r\n\r\n") != std::string::npos) break;
        }
        client.sendBytes(answer_.data(), static_cast<int>(answer_.size()));
        client.shutdownSend();
      } catch (const Poco::Exception&) {  // who does not believe the certificate hangs up
      }
    }
  }

  Poco::Net::ServerSocket socket_;
  std::string answer_;
  std::string heard_;
  std::atomic<bool> done_{false};
  std::thread thread_;
};

Poco::Net::ServerSocket plain_socket() {
  return Poco::Net::ServerSocket(Poco::Net::SocketAddress("127.0.0.1", 0));
}

class Certificate {
 public:
  explicit Certificate(const std::string& name) {
    std::string pattern = (std::filesystem::temp_directory_path() / "hanjari-call-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    const std::string command =
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=hanjari "
        "-addext 'subjectAltName=" +
        name + "' -keyout '" + key().string() + "' -out '" + file().string() + "' 2>/dev/null";
    EXPECT_EQ(std::system(command.c_str()), 0);
  }
  ~Certificate() { std::filesystem::remove_all(folder_); }
  std::filesystem::path file() const { return folder_ / "certificate.pem"; }
  std::filesystem::path key() const { return folder_ / "key.pem"; }
  Poco::Net::ServerSocket socket() const {
    Poco::Net::Context::Params params;
    params.certificateFile = file().string();
    params.privateKeyFile = key().string();
    params.verificationMode = Poco::Net::Context::VERIFY_NONE;
    const Poco::Net::Context::Ptr context = new Poco::Net::Context(Poco::Net::Context::TLS_SERVER_USE, params);
    return Poco::Net::SecureServerSocket(Poco::Net::SocketAddress("127.0.0.1", 0), 4, context);
  }

 private:
  std::filesystem::path folder_;
};

std::string url(const char* scheme, const Answerer& server, const std::string& host = "127.0.0.1") {
  return std::string(scheme) + "://" + host + ":" + std::to_string(server.port()) + "/path?of=it";
}

constexpr const char* fine = "HTTP/1.1 201 Created\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello";

TEST(HttpCall, SendsFieldsAndBodyAndGivesTheReply) {
  Answerer server(plain_socket(), fine);
  HttpCall call{.method = "POST", .url = url("http", server), .type = "text/plain", .body = "body of the call"};
  call.fields["Authorization"] = "Bearer key";
  const auto reply = outgoing::send(call, {});
  EXPECT_EQ(reply.status, 201);
  EXPECT_EQ(reply.body, "hello");
  EXPECT_THAT(server.heard(), testing::StartsWith("POST /path?of=it HTTP/1.1"));
  EXPECT_THAT(server.heard(), testing::HasSubstr("Authorization: Bearer key"));
  EXPECT_THAT(server.heard(), testing::EndsWith("body of the call"));
}

TEST(HttpCall, GivesUpOnWhatIsNoReply) {
  for (const char* answer : {"", "nonsense\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort"}) {
    Answerer server(plain_socket(), answer);
    EXPECT_THROW(outgoing::send({.url = url("http", server)}, {}), Unavailable) << answer;
  }
  Answerer server(plain_socket(), "HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n" + std::string(2000, 'x'));
  EXPECT_THROW(outgoing::send({.url = url("http", server)}, {.longest_body = 1999}), Unavailable);
  EXPECT_THROW(outgoing::send({.url = "http://127.0.0.1:1/"}, {}), Unavailable);
  for (const char* bad : {"ftp://127.0.0.1/", "nothing", "http://", "https://user:word@host/"})
    EXPECT_THROW(outgoing::send({.url = bad}, {}), InvalidInput) << bad;
}

// Red with the sanitizers: the library's enumeration ends at 511, and reading 520 from it is undefined.
TEST(HttpCall, GivesEveryStatusAsItWasSent) {
  for (const int status : {200, 404, 511, 520, 599, 999}) {
    Answerer server(plain_socket(), "HTTP/1.1 " + std::to_string(status) + " Word\r\nContent-Length: 0\r\n\r\n");
    EXPECT_EQ(outgoing::send({.url = url("http", server)}, {}).status, status);
  }
  for (const char* none : {"-1", "0", "99"}) {
    Answerer server(plain_socket(), std::string("HTTP/1.1 ") + none + " Word\r\nContent-Length: 0\r\n\r\n");
    EXPECT_THROW(outgoing::send({.url = url("http", server)}, {}), Unavailable) << none;
  }
}

// Red when an address with a line break in its query began a second field of the call, or of an answer that leads there.
TEST(HttpCall, GoesToNoAddressOfTwoWords) {
  for (const char* bad : {"http://127.0.0.1/a b", "http://127.0.0.1/?a\r\nX: y", "https://id.example.kr/\nx", "https://id.example.kr/\t", "https://id.example.kr/\x7f"}) {
    EXPECT_THROW(outgoing::send({.url = bad}, {}), InvalidInput) << bad;
    EXPECT_THROW(outgoing::require_private(bad), InvalidInput) << bad;
  }
}

TEST(HttpCall, WaitsNoLongerThanItMay) {
  Poco::Net::ServerSocket silent = plain_socket();
  const auto began = std::chrono::steady_clock::now();
  EXPECT_THROW(outgoing::send({.url = "http://127.0.0.1:" + std::to_string(silent.address().port()) + "/"},
                              {.timeout = std::chrono::seconds(1)}),
               Unavailable);
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(10));
}

TEST(HttpCall, BelievesOnlyCertificatesOfTheAuthorityForTheName) {
  const Certificate right("IP:127.0.0.1");
  const Certificate other("DNS:other.example.kr");
  Answerer server(right.socket(), fine);
  Answerer impostor(other.socket(), fine);
  EXPECT_EQ(outgoing::send({.url = url("https", server)}, {.authorities = right.file().string()}).body, "hello");
  EXPECT_THROW(outgoing::send({.url = url("https", server)}, {}), Unavailable);
  EXPECT_THROW(outgoing::send({.url = url("https", server)}, {.authorities = other.file().string()}), Unavailable);
  EXPECT_THROW(outgoing::send({.url = url("https", impostor)}, {.authorities = other.file().string()}), Unavailable);
  EXPECT_THROW(outgoing::send({.url = url("https", server)}, {.authorities = "/nowhere.pem"}), Unavailable);
}

TEST(HttpCall, TellsSecretsToThisMachineOrOverTlsOnly) {
  for (const char* fit : {"https://id.example.kr", "http://127.0.0.1:80/x", "http://localhost", "http://[::1]:8080/"})
    EXPECT_NO_THROW(outgoing::require_private(fit)) << fit;
  for (const char* unfit : {"http://id.example.kr", "http://127.0.0.1.example.kr", "id.example.kr", ""})
    EXPECT_THROW(outgoing::require_private(unfit), InvalidInput) << unfit;
}

}  // namespace
}  // namespace hanjari::tests
