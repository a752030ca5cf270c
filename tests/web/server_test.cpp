// The listeners as a socket meets them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include <Poco/Net/StreamSocket.h>

#include "hanjari/base/error.h"
#include "hanjari/web/server.h"
#include "web/browser.h"

namespace hanjari::web::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

class Listening : public ::testing::Test {
 protected:
  static ServerSettings any_ports() {
    ServerSettings settings;
    settings.portal_port = settings.office_port = settings.operations_port = 0;
    settings.threads = 4;
    settings.request_deadline = std::chrono::milliseconds(600);
    settings.idle_deadline = std::chrono::milliseconds(300);
    return settings;
  }

  // Sends the bytes and reads until the other side closes.
  std::string exchange(const std::string& bytes, Listener listener = Listener::portal) {
    Poco::Net::StreamSocket socket(Poco::Net::SocketAddress("127.0.0.1", server.port(listener)));
    socket.setReceiveTimeout(Poco::Timespan(5, 0));
    socket.sendBytes(bytes.data(), static_cast<int>(bytes.size()));
    std::string answer;
    char chunk[4096];
    for (int count = 0; (count = socket.receiveBytes(chunk, sizeof chunk)) > 0;)
      answer.append(chunk, static_cast<std::size_t>(count));
    return answer;
  }

  Office office;
  SiteServices services = office.services();
  Site site{services, {}};
  Edge edge{site, [](const AccessEntry&) {}};
  Server server{edge, any_ports()};
};

TEST_F(Listening, AnswersOnThreePorts) {
  EXPECT_THAT(exchange("GET /ko HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(exchange("GET /ko HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", Listener::office),
              StartsWith("HTTP/1.1 303 See Other\r\n"));
  EXPECT_THAT(exchange("GET /health/live HTTP/1.0\r\n\r\n", Listener::operations), HasSubstr("{\"live\":true}"));
}

TEST_F(Listening, AnswersMalformedRequestsWithAllFieldsAndCloses) {
  for (const char* bytes :
       {"\x16\x03\x01\r\n\r\n", "GET / HTTP/1.1\r\nContent-Length: -1\r\nHost: x\r\n\r\n", "GET /\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", "GET / HTTP/1.1\n\n"}) {
    const std::string answer = exchange(bytes);
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 400 Bad Request\r\n")) << bytes;
    EXPECT_THAT(answer, HasSubstr("Content-Security-Policy:"));
    EXPECT_THAT(answer, HasSubstr("\"code\":\"malformed_request\""));
    EXPECT_THAT(answer, HasSubstr("Connection: close"));
  }
}

TEST_F(Listening, RefusesWhatIsTooLarge) {
  EXPECT_THAT(exchange("GET / HTTP/1.1\r\nHost: x\r\nX: " + std::string(40'000, 'a')), StartsWith("HTTP/1.1 431"));
  EXPECT_THAT(exchange("POST /ko HTTP/1.1\r\nHost: x\r\nContent-Length: 70000\r\n\r\n"), StartsWith("HTTP/1.1 413"));
  EXPECT_THAT(exchange("POST /ko HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n"),
              StartsWith("HTTP/1.1 413"));
}

TEST_F(Listening, GivesUpOnSlowRequestsHoweverTheyDrip) {
  Poco::Net::StreamSocket socket(Poco::Net::SocketAddress("127.0.0.1", server.port(Listener::portal)));
  socket.setReceiveTimeout(Poco::Timespan(5, 0));
  const auto begin = std::chrono::steady_clock::now();
  std::string answer;
  try {
    for (int drop = 0; drop < 40 && answer.empty(); ++drop) {
      socket.sendBytes("G", 1);
      char chunk[512];
      if (socket.poll(Poco::Timespan(0, 100'000), Poco::Net::Socket::SELECT_READ)) {
        const int count = socket.receiveBytes(chunk, sizeof chunk);
        answer.assign(chunk, static_cast<std::size_t>(std::max(0, count)));
        break;
      }
    }
  } catch (const Poco::Exception&) {
  }
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 408"));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(3));
}

TEST_F(Listening, AnswersOthersWhileSlowOnesHoldTheirConnections) {
  std::vector<Poco::Net::StreamSocket> slow;
  for (int count = 0; count < 3; ++count) {
    slow.emplace_back(Poco::Net::SocketAddress("127.0.0.1", server.port(Listener::portal)));
    slow.back().sendBytes("GET", 3);
  }
  EXPECT_THAT(exchange("GET /robots.txt HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), StartsWith("HTTP/1.1 200"));
}

// Browsers open more connections than they use; with a thread each, silent ones must not stop the others.
TEST_F(Listening, MakesSilentConnectionsGiveWay) {
  ServerSettings settings = any_ports();
  settings.request_deadline = std::chrono::seconds(30);
  const Server patient(edge, settings);
  const Poco::Net::SocketAddress place("127.0.0.1", patient.port(Listener::operations));
  std::vector<Poco::Net::StreamSocket> silent;
  for (int count = 0; count < 8; ++count) silent.emplace_back(place);
  Poco::Net::StreamSocket asking(place);
  const std::string request = "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n";
  asking.sendBytes(request.data(), static_cast<int>(request.size()));
  EXPECT_TRUE(asking.poll(Poco::Timespan(10, 0), Poco::Net::Socket::SELECT_READ));
}

TEST_F(Listening, TakesSeveralRequestsOverOneConnection) {
  const std::string one = "GET /robots.txt HTTP/1.1\r\nHost: x\r\n\r\n";
  const std::string answer = exchange(one + one + "HEAD /robots.txt HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  std::size_t count = 0;
  for (auto at = answer.find("HTTP/1.1 200"); at != std::string::npos; at = answer.find("HTTP/1.1 200", at + 1))
    ++count;
  EXPECT_EQ(count, 3U);
}

TEST_F(Listening, SaysWhichPortIsTaken) {
  ServerSettings settings = any_ports();
  settings.office_port = server.port(Listener::portal);
  try {
    const Server second(edge, settings);
    FAIL() << "it started on a taken port";
  } catch (const Unavailable& refused) {
    EXPECT_EQ(refused.code(), "port_taken");
    EXPECT_THAT(refused.message().en, HasSubstr(std::to_string(settings.office_port)));
  }
}

TEST_F(Listening, StopsWithinItsGrace) {
  Poco::Net::StreamSocket idle(Poco::Net::SocketAddress("127.0.0.1", server.port(Listener::portal)));
  const auto begin = std::chrono::steady_clock::now();
  server.stop(std::chrono::seconds(2));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(2));
}

}  // namespace
}  // namespace hanjari::web::testing
