#include "hanjari/outgoing/deadline.h"

#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/SocketImpl.h>
#include <Poco/Net/StreamSocket.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <string>
#include <thread>

#include "hanjari/base/error.h"
#include "hanjari/outgoing/http_call.h"

namespace hanjari::tests {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

// Says `start` to who connects, then `drop` again and again, each long before a limit for one read is over.
class Dripper {
 public:
  Dripper(std::string start, std::string drop)
      : start_(std::move(start)), drop_(std::move(drop)), socket_(Poco::Net::SocketAddress("127.0.0.1", 0)), thread_([this] { run(); }) {}
  ~Dripper() {
    done_ = true;
    thread_.join();
  }
  std::string url(const char* scheme) const { return std::string(scheme) + "://127.0.0.1:" + std::to_string(socket_.address().port()) + "/"; }

 private:
  void run() {
    while (!done_) {
      if (!socket_.poll(Poco::Timespan(0, 20'000), Poco::Net::Socket::SELECT_READ)) continue;
      const Poco::Net::StreamSocket client = socket_.acceptConnection();
      bool taken = say(client, start_);
      while (taken && !done_) {
        std::this_thread::sleep_for(milliseconds(20));
        taken = say(client, drop_);
      }
    }
  }
  static bool say(const Poco::Net::StreamSocket& client, const std::string& text) {
    return ::send(client.impl()->sockfd(), text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size());
  }

  std::string start_;
  std::string drop_;
  Poco::Net::ServerSocket socket_;
  std::atomic<bool> done_{false};
  std::thread thread_;
};

struct Drip {
  const char* what;
  const char* scheme;
  std::string start;
  std::string drop;
};

// Red while a limit counted for each read: every one of these went on for as long as the service liked.
TEST(Deadline, EndsACallHoweverItsAnswerDrips) {
  const Drip drips[] = {
      {"status", "http", "", "H"},
      {"head", "http", "HTTP/1.1 200 OK\r\nX-Field: ", "a"},
      {"fields", "http", "HTTP/1.1 200 OK\r\n", "X: y\r\n"},
      {"go on and on", "http", "", "HTTP/1.1 100 Continue\r\n\r\n"},
      {"body of a length", "http", "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", "x"},
      {"body to the end", "http", "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", "x"},
      {"pieces", "http", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\nx\r\n"},
      {"handshake", "https", std::string("\x16\x03\x03\x40\x00", 5), "x"},
  };
  for (const Drip& drip : drips) {
    Dripper server(drip.start, drip.drop);
    const auto began = steady_clock::now();
    EXPECT_THROW(outgoing::send({.url = server.url(drip.scheme)}, {.timeout = std::chrono::seconds(1)}), Unavailable) << drip.what;
    EXPECT_LT(steady_clock::now() - began, std::chrono::seconds(10)) << drip.what;
  }
}

TEST(Deadline, LeavesAloneWhatEndsInTime) {
  Dripper server("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel", "l");
  // Two more drops, and the answer is whole.
  EXPECT_EQ(outgoing::send({.url = server.url("http")}, {.timeout = std::chrono::seconds(20)}).body, "helll");
}

// The number of a closed socket belongs to the next file that is opened: who cuts by the number cuts somebody else's.
TEST(Deadline, CutsItsOwnConnectionOnlyThoughTheNumberIsUsedAgain) {
  int first[2];
  int second[2];
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, first), 0);
  outgoing::Deadline deadline(milliseconds(200));
  deadline.hold(first[0]);
  ::close(first[0]);
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, second), 0);
  EXPECT_TRUE(second[0] == first[0] || second[1] == first[0]) << "the number is not used again: this test shows nothing";
  char letter = 0;
  EXPECT_EQ(::recv(first[1], &letter, 1, 0), 0);  // cut
  EXPECT_TRUE(deadline.has_cut());
  EXPECT_EQ(::send(second[0], "a", 1, MSG_NOSIGNAL), 1);
  EXPECT_EQ(::recv(second[1], &letter, 1, 0), 1);
  for (const int descriptor : {first[1], second[0], second[1]}) ::close(descriptor);
}

// Commands do not ignore SIGPIPE, and TLS says good-bye on a connection that was cut.
TEST(Deadline, LetsNobodyDieOfAConnectionThatWasCut) {
  EXPECT_EXIT(
      {
        std::signal(SIGPIPE, SIG_DFL);
        int pair[2];
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) std::_Exit(2);
        {
          outgoing::Deadline deadline(milliseconds(1));
          deadline.hold(pair[0]);
          char letter = 0;
          if (::recv(pair[0], &letter, 1, 0) != 0) std::_Exit(3);
          if (::write(pair[0], "a", 1) >= 0) std::_Exit(4);
        }
        std::_Exit(0);
      },
      testing::ExitedWithCode(0), "");
}

}  // namespace
}  // namespace hanjari::tests
