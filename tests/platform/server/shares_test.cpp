// What one source and one account get of a listener: connections, and memory for bodies.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <Poco/Exception.h>

#include "server/shares.h"
#include "server/wire.h"

namespace hanjari::web::testing {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

const std::string support_page = "/ko/apply/seoul-2021-1/support";

std::string file_head(std::size_t bytes, const std::string& session, const std::string& more = "") {
  return "POST " + support_page + " HTTP/1.1\r\nHost: x\r\n" + more +
         (session.empty() ? "" : "Cookie: hanjari_applicant=" + session + "\r\n") +
         "Content-Type: multipart/form-data; boundary=b\r\nContent-Length: " + std::to_string(bytes) + "\r\n\r\n";
}

// A start page; empty when the connection was broken off.
std::string ask_for_start(std::uint16_t port) {
  try {
    return testing::exchange(port, get_of("/ko", "Connection: close\r\n"));
  } catch (const Poco::Exception&) {
    return {};
  }
}

ServerSettings patient() {
  ServerSettings settings = Serving::quick();
  settings.header_deadline = settings.body_deadline = settings.idle_deadline = std::chrono::seconds(60);
  return settings;
}

// Asks until what others have sent before is held: on a busy machine the system still keeps some of it.
std::string ask_until_refused(const std::function<std::string()>& ask) {
  std::string answer = ask();
  for (int tries = 0; tries < 100 && !answer.starts_with("HTTP/1.1 503"); ++tries) {
    std::this_thread::sleep_for(milliseconds(20));
    answer = ask();
  }
  return answer;
}

// Red with a reservation by the announced length: the third connection was refused.
TEST(BodyShares, AnAnnouncedLengthTakesNothingFromOthers) {
  ServerSettings settings = patient();
  settings.held_bytes = 12'000'000;
  Serving serving(settings);
  const auto port = serving.port(Listener::portal);
  const std::string session = serving.office.sign_in_applicant("p-sky");
  std::vector<std::unique_ptr<Wire>> promises;
  for (int count = 0; count < 20; ++count) {
    promises.push_back(std::make_unique<Wire>(port));
    promises.back()->send(file_head(5'000'000, session, "Expect: 100-continue\r\n"));
    EXPECT_THAT(promises.back()->read_answer(), StartsWith("HTTP/1.1 100"));
  }
  Wire honest(port);
  honest.send(file_head(5'000'000, session) + std::string(5'000'000, 'x'));
  EXPECT_THAT(honest.read_answer(), StartsWith("HTTP/1.1 400")) << "read to its end, and no form";
}

TEST(BodyShares, HoldNoMoreInAllThanTheyMayAndTakeItAgainAfterwards) {
  ServerSettings settings = patient();
  settings.held_bytes = 12'000'000;
  Serving serving(settings);
  const auto port = serving.port(Listener::portal);
  const std::string session = serving.office.sign_in_applicant("p-sky");
  auto first = std::make_unique<Wire>(port);
  first->send(file_head(5'000'000, session) + std::string(4'900'000, 'x'));
  Wire second(port);
  second.send(file_head(5'000'000, session) + std::string(4'900'000, 'x'));
  const std::string whole = file_head(5'000'000, session, "Connection: close\r\n") + std::string(5'000'000, 'x');
  const std::string refused = ask_until_refused([&] { return testing::exchange(port, whole); });
  EXPECT_THAT(refused, StartsWith("HTTP/1.1 503"));
  EXPECT_THAT(refused, HasSubstr("\"code\":\"busy\""));
  // A form without files still goes through.
  EXPECT_THAT(testing::exchange(port,
                       "POST /ko/sign-in HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: "
                       "application/x-www-form-urlencoded\r\nContent-Length: 3\r\n\r\na=b"),
              Not(StartsWith("HTTP/1.1 503")));
  first.reset();
  std::string taken;
  for (int tries = 0; tries < 100 && !taken.starts_with("HTTP/1.1 400"); ++tries) {
    taken = testing::exchange(port, whole);
    std::this_thread::sleep_for(milliseconds(10));
  }
  EXPECT_THAT(taken, StartsWith("HTTP/1.1 400")) << "what was given up is free again";
}

// Red without shares: the first account held everything.
TEST(BodyShares, LeaveAnotherAccountWhatOneMayNotTake) {
  ServerSettings settings = patient();
  settings.held_bytes = 20'000'000;
  settings.held_bytes_of_account = 6'000'000;
  Serving serving(settings);
  const auto port = serving.port(Listener::portal);
  const std::string greedy = serving.office.sign_in_applicant("p-sky");
  Wire held(port);
  held.send(file_head(5'000'000, greedy) + std::string(4'900'000, 'x'));
  const auto whole = [&](const std::string& session) {
    return testing::exchange(port, file_head(5'000'000, session, "Connection: close\r\n") + std::string(5'000'000, 'x'));
  };
  EXPECT_THAT(ask_until_refused([&] { return whole(greedy); }), StartsWith("HTTP/1.1 503"));
  EXPECT_THAT(whole(serving.office.sign_in_applicant("p-river")), StartsWith("HTTP/1.1 400"));
}

TEST(BodyShares, LeaveAnotherSourceWhatOneMayNotTake) {
  ServerSettings settings = patient();
  settings.held_bytes_of_source = 6'000'000;
  settings.trusted_proxies = {"127.0.0.1"};
  Serving serving(settings);
  const auto port = serving.port(Listener::portal);
  const std::string one = serving.office.sign_in_applicant("p-sky");
  const std::string other = serving.office.sign_in_applicant("p-river");
  Wire held(port);
  held.send(file_head(5'000'000, one, "X-Forwarded-For: 2001:db8:1:2::1\r\n") + std::string(4'900'000, 'x'));
  const auto from = [&](const std::string& address) {
    const std::string fields = "Connection: close\r\nX-Forwarded-For: " + address + "\r\n";
    return testing::exchange(port, file_head(5'000'000, other, fields) + std::string(5'000'000, 'x'));
  };
  EXPECT_THAT(ask_until_refused([&] { return from("2001:db8:1:2::9"); }), StartsWith("HTTP/1.1 503")) << "of the same network of 64 bits";
  EXPECT_THAT(from("2001:db8:1:3::1"), StartsWith("HTTP/1.1 400"));
}

// Red while a page that everybody may send a file to (the check of a certificate) counted nobody's share: two addresses without an
// account held what the photos of applicants need.
TEST(BodyShares, LeaveAccountsWhatTheUnknownMayNotTake) {
  ServerSettings settings = patient();
  settings.held_bytes_of_account = 600'000;
  settings.trusted_proxies = {"127.0.0.1"};
  Serving serving(settings);
  const auto port = serving.port(Listener::portal);
  const auto certificate = [](const std::string& address, std::size_t sent) {
    return "POST /ko/check-certificate HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Forwarded-For: " + address +
           "\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 500000\r\n\r\n" + std::string(sent, 'x');
  };
  Wire held(port);
  held.send(certificate("192.0.2.1", 490'000));
  EXPECT_THAT(ask_until_refused([&] { return testing::exchange(port, certificate("198.51.100.1", 500'000)); }), StartsWith("HTTP/1.1 503"))
      << "from another address too";
  const std::string session = serving.office.sign_in_applicant("p-sky");
  EXPECT_THAT(testing::exchange(port, file_head(500'000, session, "Connection: close\r\n") + std::string(500'000, 'x')),
              StartsWith("HTTP/1.1 400"));
}

// Red while every large body was read before anybody asked whose it is.
TEST(BodyShares, AreOfThoseWhoAreSignedIn) {
  Serving serving(patient());
  const auto port = serving.port(Listener::portal);
  for (const std::string& session : {std::string(), std::string(64, 'a')}) {
    Wire stranger(port);
    stranger.send(file_head(5'000'000, session, "Expect: 100-continue\r\n"));
    const std::string answer = stranger.read_answer();
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 303")) << "to sign in, before a byte of the file was asked for";
    EXPECT_THAT(answer, HasSubstr("/ko/sign-in"));
  }
  // A browser that sends everything without asking hears the same.
  EXPECT_THAT(testing::exchange(port, file_head(5'000'000, "") + std::string(5'000'000, 'x')), StartsWith("HTTP/1.1 303"));
  Wire known(port);
  known.send(file_head(5'000'000, serving.office.sign_in_applicant("p-sky"), "Expect: 100-continue\r\n"));
  EXPECT_THAT(known.read_answer(), StartsWith("HTTP/1.1 100"));
}

// Red while a document of more than 64 kB took the words beside it along when the session had ended. The file takes no memory.
TEST(BodyShares, KeepTheWordsOfWhoseSessionHasEnded) {
  ServerSettings settings = patient();
  settings.held_bytes = 500'000;
  Serving serving(settings);
  const auto port = serving.port(Listener::portal);
  const auto part = [](const std::string& head, const std::string& content) {
    return "--b\r\nContent-Disposition: form-data; " + head + "\r\n\r\n" + content + "\r\n";
  };
  const std::string body = part("name=\"item-1-reason\"", "before-the-file") +
                           part("name=\"item-1-document\"; filename=\"proof.pdf\"", std::string(3'000'000, 'x')) +
                           part("name=\"item-2-reason\"", "behind-the-file") + "--b--\r\n";
  const std::string ended(64, 'a');
  const std::string answer = testing::exchange(port, file_head(body.size(), ended, "Connection: close\r\nAccept: text/html\r\n") + body);
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 401"));
  for (const char* kept : {"before-the-file", "behind-the-file", "item-1-document"}) EXPECT_THAT(answer, HasSubstr(kept));
  EXPECT_THAT(answer, HasSubstr("파일은 다시 선택해야 합니다"));
  // Words of more than a form keeps are no reason to hold them.
  const std::string large = part("name=\"item-1-reason\"", std::string(200'000, 'w')) + "--b--\r\n";
  EXPECT_THAT(testing::exchange(port, file_head(large.size(), ended, "Connection: close\r\n") + large), StartsWith("HTTP/1.1 303"));
}

// Red with a crowd's deadline for heads only: the bodies held all places for a minute.
TEST(BodyShares, MakeWayInACrowdWhenTheyDoNotCome) {
  ServerSettings settings = patient();
  settings.connections = 8;
  settings.crowd_deadline = milliseconds(300);
  Serving serving(settings);
  const auto port = serving.port(Listener::portal);
  std::vector<std::unique_ptr<Wire>> slow;
  for (int count = 0; count < 8; ++count) {
    slow.push_back(std::make_unique<Wire>(port));
    slow.back()->send("POST /ko/sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\na");
  }
  std::string answer;
  for (int tries = 0; tries < 100 && !answer.starts_with("HTTP/1.1 200"); ++tries) {
    std::this_thread::sleep_for(milliseconds(100));
    answer = ask_for_start(port);
  }
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(slow.front()->read_all(milliseconds(500)), StartsWith("HTTP/1.1 408"));
}

TEST(ConnectionShares, EndAtWhatASourceMayHave) {
  ServerSettings settings = patient();
  settings.connections_of_source = 3;
  Serving serving(settings);
  const auto port = serving.port(Listener::portal);
  std::vector<std::unique_ptr<Wire>> open;
  for (int count = 0; count < 3; ++count) {
    open.push_back(std::make_unique<Wire>(port));
    open.back()->send(get_of("/robots.txt"));
    EXPECT_THAT(open.back()->read_answer(), StartsWith("HTTP/1.1 200"));
  }
  EXPECT_THAT(Wire(port).read_all(), StartsWith("HTTP/1.1 503"));
  open.pop_back();
  std::string answer;
  for (int tries = 0; tries < 100 && !answer.starts_with("HTTP/1.1 200"); ++tries) {
    std::this_thread::sleep_for(milliseconds(10));
    answer = ask_for_start(port);
  }
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200")) << "a place that was left is free again";
}

TEST(ConnectionShares, CountANetworkAsOneSourceAndAProxyNotAtAll) {
  ServerSettings settings = patient();
  settings.connections_of_source = 2;
  settings.trusted_proxies = {"127.0.0.1"};
  settings.proxy_protocol = true;
  Serving serving(settings);
  const auto port = serving.port(Listener::portal);
  std::vector<std::unique_ptr<Wire>> open;
  const auto ask = [&](const std::string& address) {
    open.push_back(std::make_unique<Wire>(port));
    open.back()->send("PROXY TCP6 " + address + " 2001:db8::1 1 2\r\n" + get_of("/robots.txt"));
    try {
      return open.back()->read_answer();
    } catch (const Poco::Exception&) {
      return std::string();  // closed before what was sent was read
    }
  };
  EXPECT_THAT(ask("2001:db8:1:2::1"), StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(ask("2001:db8:1:2::2"), StartsWith("HTTP/1.1 200"));
  EXPECT_EQ(ask("2001:db8:1:2:ffff::3"), "") << "the third of one network";
  for (int network = 10; network < 20; ++network)
    EXPECT_THAT(ask("2001:db8:1:" + std::to_string(network) + "::1"), StartsWith("HTTP/1.1 200"));
}

Response send_large_file(const Call&) {
  Response response;
  response.type = "application/octet-stream";
  response.body.assign(16'000'000, 'x');
  return response;
}

RouteTable routes_with_large_file() {
  std::vector<Route> routes = site_routes().routes();
  routes.push_back({Method::get, "/large-file", Listener::portal, Permission::anybody(), send_large_file});
  const Permission officer = Permission::staff({{services::Role::exam_officer, Reach::everything}});
  routes.push_back({Method::get, "/large-file", Listener::office, officer, send_large_file});
  return RouteTable(std::move(routes));
}

// Red while only bodies of requests had shares: who asked on many connections and read nothing filled the memory of all.
TEST(AnswerShares, LeaveOthersWhatAReaderWhoTakesNothingHolds) {
  ServerSettings settings = patient();
  settings.answer_deadline = std::chrono::seconds(60);
  settings.waiting_bytes_of_source = 40'000'000;
  settings.trusted_proxies = {"127.0.0.1"};
  Office office;
  SiteServices services = office.services();
  Site site(services, SiteSettings{}, routes_with_large_file());
  Edge edge(site, [](const AccessEntry&) {});
  Server server(edge, settings);
  const auto port = server.port(Listener::portal);
  const auto ask = [](const std::string& path, const std::string& address) {
    return get_of(path, "Connection: close\r\nX-Forwarded-For: " + address + "\r\n");
  };
  std::vector<std::unique_ptr<Wire>> idle;
  for (int count = 0; count < 2; ++count) {
    idle.push_back(std::make_unique<Wire>(port));
    idle.back()->send(ask("/large-file", "2001:db8:1:2::" + std::to_string(count)));
    ASSERT_TRUE(idle.back()->socket().poll(Poco::Timespan(60, 0), Poco::Net::Socket::SELECT_READ)) << "it has begun to come";
  }
  const std::string refused = testing::exchange(port, ask("/large-file", "2001:db8:1:2::9"));
  EXPECT_THAT(refused, StartsWith("HTTP/1.1 503"));
  EXPECT_THAT(refused, HasSubstr("\"code\":\"busy\""));
  EXPECT_THAT(testing::exchange(port, ask("/ko/sign-in", "2001:db8:1:2::9")), StartsWith("HTTP/1.1 200")) << "pages go on";
  const std::string other = testing::exchange(port, ask("/large-file", "192.0.2.9"));
  EXPECT_THAT(other.substr(0, 100), StartsWith("HTTP/1.1 200")) << "another source";
  EXPECT_GT(other.size(), 16'000'000U);
  idle.pop_back();
  std::string again;
  for (int tries = 0; tries < 100 && !again.starts_with("HTTP/1.1 200"); ++tries) {
    std::this_thread::sleep_for(milliseconds(50));
    again = testing::exchange(port, ask("/large-file", "2001:db8:1:2::9")).substr(0, 100);
  }
  EXPECT_THAT(again, StartsWith("HTTP/1.1 200")) << "what was given up is free again";
}

// Red while the answers of the office were not counted: one account filled the memory that the portal needs too.
TEST(AnswerShares, OfAnAccountOfTheOfficeEndAndLeaveOthersTheirs) {
  ServerSettings settings = patient();
  settings.answer_deadline = std::chrono::seconds(60);
  settings.waiting_bytes_of_account = 10'000'000;
  Office office;
  const std::string greedy = office.sign_in("greedy", services::Role::exam_officer, "");
  const std::string honest = office.sign_in("honest", services::Role::exam_officer, "");
  SiteServices services = office.services();
  Site site(services, SiteSettings{}, routes_with_large_file());
  Edge edge(site, [](const AccessEntry&) {});
  Server server(edge, settings);
  const auto port = server.port(Listener::office);
  const auto ask = [](const std::string& session) {
    return get_of("/large-file", "Connection: close\r\nCookie: hanjari_session=" + session + "\r\n");
  };
  auto idle = std::make_unique<Wire>(port);
  idle->send(ask(greedy));
  ASSERT_TRUE(idle->socket().poll(Poco::Timespan(60, 0), Poco::Net::Socket::SELECT_READ)) << "one of any size is sent";
  EXPECT_THAT(testing::exchange(port, ask(greedy)), StartsWith("HTTP/1.1 503")) << "and no second one beside it";
  const std::string other = testing::exchange(port, ask(honest));
  EXPECT_THAT(other.substr(0, 100), StartsWith("HTTP/1.1 200")) << "another account, from the same address";
  EXPECT_GT(other.size(), 16'000'000U);
  idle.reset();
  std::string again;
  for (int tries = 0; tries < 100 && !again.starts_with("HTTP/1.1 200"); ++tries) {
    std::this_thread::sleep_for(milliseconds(50));
    again = testing::exchange(port, ask(greedy)).substr(0, 100);
  }
  EXPECT_THAT(again, StartsWith("HTTP/1.1 200")) << "what was given up is free again";
}

TEST(HeldBytesOfABody, CountAsTheyComeAndAreGivenBack) {
  BodyMemory memory;
  memory.most = 1'000'000;
  memory.most_of_source = 600'000;
  memory.most_of_account = 400'000;
  {
    HeldBytes one(memory);
    one.begin("192.0.2.1", "a");
    EXPECT_TRUE(one.grow(10'000));
    EXPECT_EQ(one.bytes(), 0U) << "small bodies are as many as connections";
    EXPECT_TRUE(one.grow(100'000));
    const std::size_t held = one.bytes();
    EXPECT_GE(held, 100'000U);
    EXPECT_FALSE(one.grow(450'000)) << "beyond the account's share";
    EXPECT_EQ(one.bytes(), held);
    HeldBytes two(memory);
    two.begin("192.0.2.1", "b");
    EXPECT_TRUE(two.grow(390'000));
    HeldBytes three(memory);
    three.begin("192.0.2.1", "c");
    EXPECT_FALSE(three.grow(100'000)) << "beyond the source's share";
    three.begin("192.0.2.2", "c");
    EXPECT_TRUE(three.grow(100'000));
  }
  EXPECT_EQ(memory.all.held("all") + memory.sources.held("192.0.2.1") + memory.accounts.held("a"), 0U);
}

}  // namespace
}  // namespace hanjari::web::testing
