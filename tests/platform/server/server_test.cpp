// The listeners as a socket meets them: ports, deadlines, crowds, the end.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <future>
#include <new>
#include <thread>

#include <Poco/Exception.h>

#include "hanjari/base/error.h"
#include "http/malformed_battery.h"
#include "server/wire.h"

namespace hanjari::web::testing {
namespace {

using std::chrono::milliseconds;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::Pair;
using ::testing::StartsWith;

const std::string closing_field = "Connection: close\r\n";
// Made for everybody anew, by a worker.
const std::string made_page = "/ko/exams/seoul-2021-1/seat";

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

TEST(Listening, AnswersOnThreePorts) {
  Serving serving;
  EXPECT_THAT(exchange(serving.port(Listener::portal), get_of("/ko", closing_field)), StartsWith("HTTP/1.1 200 OK\r\n"));
  EXPECT_THAT(exchange(serving.port(Listener::office), get_of("/ko", closing_field)),
              StartsWith("HTTP/1.1 303 See Other\r\n"));
  EXPECT_THAT(exchange(serving.port(Listener::operations), "GET /health/live HTTP/1.0\r\n\r\n"),
              HasSubstr("{\"live\":true}"));
}

// Fails as often as it is told to: what lack of memory does to whoever asks at the wrong moment.
class FailingClock : public Clock {
 public:
  Instant now() const override {
    if (failures_of_now.exchange(0) > 0) throw std::bad_alloc();
    return Instant(std::chrono::seconds(1'622'851'200));
  }
  std::chrono::nanoseconds elapsed() const override {
    if (failures_of_elapsed.exchange(0) > 0) throw std::bad_alloc();
    return std::chrono::nanoseconds(0);
  }
  mutable std::atomic<int> failures_of_now{0};
  mutable std::atomic<int> failures_of_elapsed{0};
};

// Red with an event loop that lets exceptions out: the program ended.
TEST(Listening, LackOfMemoryInTheEventLoopCostsOneRequestAndNothingElse) {
  Office office;
  const FailingClock clock;
  const SiteServices usual = office.services();
  SiteServices services{usual.plans, usual.accounts, usual.attempts, usual.access, clock, usual.check_ready};
  services.intake = usual.intake;
  services.seat_views = usual.seat_views;
  services.audit = usual.audit;
  services.provider = usual.provider;
  services.list_damaged_keys = usual.list_damaged_keys;
  services.jobs = usual.jobs;
  services.exams = usual.exams;
  services.approvals = usual.approvals;
  Site site(services, SiteSettings{}, site_routes());
  Edge edge(site, [](const AccessEntry&) {});
  Server server(edge, Serving::quick());
  const auto port = [&] { return server.port(Listener::portal); };
  Wire neighbour(port());
  for (std::atomic<int>* failures : {&clock.failures_of_elapsed, &clock.failures_of_now}) {
    *failures = 1;
    EXPECT_THAT(exchange(port(), get_of(made_page, closing_field)), StartsWith("HTTP/1.1 503"));
    EXPECT_EQ(*failures, 0) << "the failure came about";
    neighbour.send(get_of("/robots.txt"));
    EXPECT_THAT(neighbour.read_answer(), StartsWith("HTTP/1.1 200")) << "who was there before is served";
    EXPECT_THAT(exchange(port(), get_of("/ko", closing_field)), StartsWith("HTTP/1.1 200")) << "and who comes now";
  }
}

TEST(Listening, RefusesTheWholeBatteryCleanlyAndGoesOn) {
  Serving serving;
  for (const auto& [what, bytes, status] : malformed_battery()) {
    const std::string answer = exchange(serving.port(Listener::portal), bytes);
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 " + std::to_string(status) + " ")) << what;
    EXPECT_EQ(count_of(answer, "X-Request-Id: "), 1U) << what << ": nothing after the refusal is taken for a request";
    EXPECT_EQ(field_of(answer, "Connection"), "close") << what;
    // What is too large is told on a page, because it is people who send large files.
    const bool page = status == 413 && bytes.starts_with("POST");
    EXPECT_EQ(field_of(answer, "Content-Type"), page ? "text/html; charset=utf-8" : "application/problem+json") << what;
    EXPECT_FALSE(field_of(answer, "Content-Security-Policy").empty()) << what;
    EXPECT_EQ(body_of(answer).size(), std::stoul(field_of(answer, "Content-Length"))) << what;
    EXPECT_THAT(body_of(answer), HasSubstr(field_of(answer, "X-Request-Id"))) << what;
  }
  EXPECT_THAT(exchange(serving.port(Listener::portal), get_of("/ko", closing_field)), StartsWith("HTTP/1.1 200"));
}

TEST(Listening, TakesBodiesInChunks) {
  Serving serving;
  const std::string head = "POST " + made_page +
                           " HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                           "Transfer-Encoding: chunked\r\n\r\n";
  Wire wire(serving.port(Listener::portal));
  wire.send(head + "5\r\nnumbe\r\n4\r\nr=1&\r\n0\r\n\r\n" + get_of("/robots.txt", closing_field));
  EXPECT_THAT(wire.read_answer(), StartsWith("HTTP/1.1 403")) << "read, and refused for its missing token";
  EXPECT_THAT(wire.read_answer(), StartsWith("HTTP/1.1 200"));
}

TEST(Listening, TellsWhoAsksFirstToGoOn) {
  Serving serving;
  Wire wire(serving.port(Listener::portal));
  wire.send("POST " + made_page + " HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(wire.read_answer(), "HTTP/1.1 100 Continue\r\n\r\n");
  wire.send("a=b");
  EXPECT_THAT(wire.read_answer(), StartsWith("HTTP/1.1 415"));
}

TEST(Listening, AnswersRequestsThatCameTogetherInTheirOrder) {
  Serving serving;
  std::string requests;
  for (int round = 0; round < 20; ++round) {
    requests += get_of("/robots.txt") + get_of(made_page) + "HEAD /robots.txt HTTP/1.1\r\nHost: x\r\n\r\n" +
                get_of("/nothing") + "GET /ko HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";
  }
  Wire wire(serving.port(Listener::portal));
  wire.send(requests + get_of("/ko", closing_field));
  for (int round = 0; round < 20; ++round) {
    EXPECT_THAT(wire.read_answer(), HasSubstr("User-agent"));
    EXPECT_THAT(wire.read_answer(), HasSubstr("name=\"form_token\""));
    EXPECT_THAT(wire.read_answer(true), StartsWith("HTTP/1.1 200"));
    EXPECT_THAT(wire.read_answer(), StartsWith("HTTP/1.1 404"));
    EXPECT_EQ(field_of(wire.read_answer(), "Connection"), "keep-alive");
  }
  EXPECT_EQ(field_of(wire.read_answer(), "Connection"), "close");
  EXPECT_TRUE(wire.is_closed_by_peer(milliseconds(2'000)));
}

TEST(Listening, SendsLargeFilesInOrderToWhoReadsSlowly) {
  Serving serving;
  const std::string page = exchange(serving.port(Listener::portal), get_of("/ko", closing_field));
  const auto at = page.find("/assets/site.");
  const std::string style = page.substr(at, page.find('"', at) - at);
  std::string whole = body_of(exchange(serving.port(Listener::portal), get_of(style, closing_field)));
  ASSERT_GT(whole.size(), 16'384U);
  Wire wire(serving.port(Listener::portal));
  wire.socket().setReceiveBufferSize(4096);
  std::string requests;
  for (int count = 0; count < 5; ++count) requests += get_of(style) + get_of("/robots.txt");
  wire.send(requests);
  for (int count = 0; count < 5; ++count) {
    EXPECT_EQ(body_of(wire.read_answer()), whole);
    EXPECT_THAT(body_of(wire.read_answer()), StartsWith("User-agent"));
  }
}

TEST(Listening, AnswersWhoHasClosedHalfOfTheConnection) {
  Serving serving;
  for (const std::string& path : {std::string("/robots.txt"), made_page}) {
    Wire wire(serving.port(Listener::portal));
    wire.send(get_of(path));
    wire.end_sending();
    EXPECT_THAT(wire.read_all(), StartsWith("HTTP/1.1 200")) << path;
  }
  Wire half(serving.port(Listener::portal));
  half.send("GET /ko HTTP/1.1\r\nHost");
  half.end_sending();
  EXPECT_EQ(half.read_all(milliseconds(300)), "") << "half a request is none";
  Wire nothing(serving.port(Listener::portal));
  nothing.end_sending();
  EXPECT_TRUE(nothing.is_closed_by_peer(milliseconds(300)));
}

void drip(Serving& serving, const std::string& head, char drop) {
  Wire wire(serving.port(Listener::portal));
  wire.send(head);
  const auto begin = std::chrono::steady_clock::now();
  try {
    for (int count = 0; count < 40; ++count) {
      wire.send(std::string(1, drop));
      if (wire.socket().poll(Poco::Timespan(0, 50'000), Poco::Net::Socket::SELECT_READ)) break;
    }
  } catch (const Poco::Exception&) {
  }
  EXPECT_THAT(wire.read_all(), StartsWith("HTTP/1.1 408"));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, milliseconds(1'500));
}

TEST(Listening, GivesUpOnSlowHeadsAndBodiesHoweverTheyDrip) {
  Serving serving;
  drip(serving, "", 'G');
  drip(serving, "GET / HTTP/1.1\r\nHost: x\r\nX: ", 'a');
  drip(serving, "POST " + made_page + " HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n", 'a');
}

TEST(Listening, ClosesConnectionsThatSayNothing) {
  Serving serving;
  Wire first(serving.port(Listener::portal));
  Wire second(serving.port(Listener::portal));
  second.send(get_of("/robots.txt"));
  second.read_answer();
  EXPECT_TRUE(second.is_closed_by_peer(milliseconds(1'000)));
  EXPECT_TRUE(first.is_closed_by_peer(milliseconds(1'000)));
}

TEST(Listening, GivesUpOnReadersThatTakeNothing) {
  Serving serving;
  Wire wire(serving.port(Listener::portal));
  wire.socket().setReceiveBufferSize(4096);
  const std::string page = exchange(serving.port(Listener::portal), get_of("/ko", closing_field));
  const auto at = page.find("/assets/site.");
  std::string requests;
  for (int count = 0; count < 400; ++count) requests += get_of(page.substr(at, page.find('"', at) - at));
  wire.send(requests);
  std::this_thread::sleep_for(milliseconds(1'500));
  const std::string metrics = exchange(serving.port(Listener::operations), get_of("/metrics", closing_field));
  EXPECT_THAT(metrics, HasSubstr("hanjari_http_connections_closed_total{listener=\"portal\",reason=\"too_slow\"} 1"));
}

TEST(Listening, AnswersThroughTenThousandSilentConnections) {
  rlimit files{};
  ::getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &files);
  // Both ends of every connection are open files of this program.
  const std::size_t crowd = std::min<std::size_t>(10'000, (files.rlim_cur - 300) / 2);
  ServerSettings settings = Serving::quick();
  settings.header_deadline = settings.idle_deadline = std::chrono::seconds(60);
  settings.connections_of_source = settings.connections;  // all of them come from here
  Serving serving(settings);
  std::vector<Poco::Net::StreamSocket> silent;
  const Poco::Net::SocketAddress place("127.0.0.1", serving.port(Listener::portal));
  for (std::size_t count = 0; count < crowd; ++count) {
    silent.emplace_back(place);
    if (count % 2 == 0) silent.back().sendBytes("GET", 3);
  }
  std::vector<double> seconds;
  for (int count = 0; count < 200; ++count) {
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_THAT(exchange(serving.port(Listener::portal), get_of(made_page, closing_field)), StartsWith("HTTP/1.1 200"));
    seconds.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
  }
  std::sort(seconds.begin(), seconds.end());
  EXPECT_LT(seconds[197], 0.5);
  const std::string metrics = exchange(serving.port(Listener::operations), get_of("/metrics", closing_field));
  const std::string gauge = "\nhanjari_http_connections{listener=\"portal\"} ";
  ASSERT_THAT(metrics, HasSubstr(gauge));
  EXPECT_GE(std::stoul(metrics.substr(metrics.find(gauge) + gauge.size())), crowd);
}

TEST(Listening, SaysSoWhenThereAreMoreConnectionsThanMayBe) {
  ServerSettings settings = Serving::quick();
  settings.connections = 8;
  settings.header_deadline = settings.idle_deadline = settings.crowd_deadline = std::chrono::seconds(60);
  Serving serving(settings);
  std::vector<std::unique_ptr<Wire>> silent;
  for (int count = 0; count < 8; ++count) silent.push_back(std::make_unique<Wire>(serving.port(Listener::portal)));
  Wire ninth(serving.port(Listener::portal));
  const std::string answer = ninth.read_all();
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 503"));
  EXPECT_FALSE(field_of(answer, "Retry-After").empty());
  EXPECT_THAT(exchange(serving.port(Listener::operations), get_of("/health/live", closing_field)),
              StartsWith("HTTP/1.1 200"));
}

TEST(Listening, MakesSilentConnectionsGiveWayInACrowd) {
  ServerSettings settings = Serving::quick();
  settings.connections = 8;
  settings.header_deadline = settings.idle_deadline = std::chrono::seconds(60);
  settings.crowd_deadline = milliseconds(300);
  Serving serving(settings);
  std::vector<std::unique_ptr<Wire>> silent;
  for (int count = 0; count < 8; ++count) {
    silent.push_back(std::make_unique<Wire>(serving.port(Listener::portal)));
    silent.back()->send(get_of("/robots.txt"));
    silent.back()->read_answer();
  }
  std::this_thread::sleep_for(milliseconds(700));
  EXPECT_THAT(exchange(serving.port(Listener::portal), get_of("/ko", closing_field)), StartsWith("HTTP/1.1 200"));
}

// Handlers of operations that wait until they are let go.
struct Held {
  explicit Held(ServerSettings settings = Serving::quick()) : serving(settings) {}
  std::promise<void> go;
  std::shared_future<void> gone{go.get_future()};
  std::atomic<int> inside{0};
  Serving serving;

  SiteServices held_services() {
    SiteServices held = serving.services;
    held.check_ready = [this] {
      ++inside;
      gone.wait();
    };
    return held;
  }
};

TEST(Listening, AnswersHonestlyWhenTheLineIsFull) {
  ServerSettings settings = Serving::quick();
  settings.queue = 2;
  Held held(settings);
  Site site{held.held_services(), {}, site_routes()};
  Edge edge{site, [](const AccessEntry&) {}};
  Server server{edge, settings};
  const auto port = server.port(Listener::operations);
  std::vector<std::unique_ptr<Wire>> waiting;
  for (int count = 0; count < 4; ++count) {  // two at work, two in the queue
    waiting.push_back(std::make_unique<Wire>(port));
    waiting.back()->send(get_of("/health/ready"));
    while (held.inside < std::min(count + 1, 2)) std::this_thread::sleep_for(milliseconds(1));
  }
  std::this_thread::sleep_for(milliseconds(50));
  Wire fifth(port);
  fifth.send(get_of("/health/ready"));
  const std::string refused = fifth.read_answer();
  EXPECT_THAT(refused, StartsWith("HTTP/1.1 503"));
  EXPECT_FALSE(field_of(refused, "Retry-After").empty());
  EXPECT_THAT(refused, HasSubstr("\"code\":\"busy\""));
  held.go.set_value();
  for (auto& wire : waiting) EXPECT_THAT(wire->read_answer(), StartsWith("HTTP/1.1 200"));
  fifth.send(get_of("/health/live"));
  EXPECT_THAT(fifth.read_answer(), StartsWith("HTTP/1.1 200")) << "the connection outlives the refusal";
}

TEST(Listening, TellsABrowserOfTheCrowdInBothLanguagesAndAProgramInJson) {
  Serving serving;
  const Response page = serving.edge.refuse_busy(Listener::portal, "text/html,application/xhtml+xml", "0123456789ab");
  EXPECT_EQ(page.status, 503);
  EXPECT_EQ(page.type, "text/html; charset=utf-8");
  EXPECT_THAT(page.body, HasSubstr("lang=\"ko\""));
  EXPECT_THAT(page.body, HasSubstr("lang=\"en\""));
  const Response answer = serving.edge.refuse_busy(Listener::portal, "application/json", "0123456789ab");
  EXPECT_EQ(answer.type, "application/problem+json");
  for (const Response& one : {page, answer}) {
    EXPECT_THAT(one.headers, Contains(Pair("Retry-After", ::testing::_)));
    EXPECT_THAT(one.headers, Contains(Pair("Content-Security-Policy", ::testing::_)));
  }
}

TEST(Listening, DoesNotStartWhatHasWaitedTooLong) {
  ServerSettings settings = Serving::quick();
  settings.queue_deadline = milliseconds(100);
  Held held(settings);
  Site site{held.held_services(), {}, site_routes()};
  Edge edge{site, [](const AccessEntry&) {}};
  Server server{edge, settings};
  std::vector<std::unique_ptr<Wire>> waiting;
  for (int count = 0; count < 3; ++count) {
    waiting.push_back(std::make_unique<Wire>(server.port(Listener::operations)));
    waiting.back()->send(get_of("/health/ready"));
    while (held.inside < std::min(count + 1, 2)) std::this_thread::sleep_for(milliseconds(1));
  }
  std::this_thread::sleep_for(milliseconds(200));
  held.go.set_value();
  EXPECT_THAT(waiting[0]->read_answer(), StartsWith("HTTP/1.1 200"));
  EXPECT_THAT(waiting[2]->read_answer(), StartsWith("HTTP/1.1 503"));
  EXPECT_EQ(held.inside, 2);
}

TEST(Listening, FinishesWhatWasAcceptedWhenItStops) {
  Held held;
  Site site{held.held_services(), {}, site_routes()};
  Edge edge{site, [](const AccessEntry&) {}};
  Server server{edge, Serving::quick()};
  Wire running(server.port(Listener::operations));
  running.send(get_of("/health/ready"));
  while (held.inside < 1) std::this_thread::sleep_for(milliseconds(1));
  Wire idle(server.port(Listener::portal));
  idle.send(get_of("/robots.txt"));
  idle.read_answer();
  Wire half(server.port(Listener::portal));
  half.send("GET /ko HTTP/1.1\r\n");
  std::this_thread::sleep_for(milliseconds(50));
  std::thread stopping([&] { server.stop(std::chrono::seconds(5)); });
  std::this_thread::sleep_for(milliseconds(100));
  half.send("Host: x\r\n\r\n");
  const std::string late = half.read_all();
  EXPECT_THAT(late, StartsWith("HTTP/1.1 200")) << "a request that had begun";
  EXPECT_EQ(field_of(late, "Connection"), "close");
  EXPECT_TRUE(idle.is_closed_by_peer(milliseconds(1'000)));
  EXPECT_THROW(Wire(server.port(Listener::operations)).read_answer(), Poco::Exception) << "nobody new";
  held.go.set_value();
  const std::string answer = running.read_all();
  EXPECT_THAT(answer, StartsWith("HTTP/1.1 200"));
  EXPECT_EQ(field_of(answer, "Connection"), "close");
  stopping.join();
}

TEST(Listening, LosesNoRequestInACrowdThatItIsStoppedUnder) {
  Serving serving;
  std::atomic<bool> stopped{false};
  std::atomic<int> lost{0};
  std::atomic<int> answered{0};
  std::vector<std::thread> readers;
  for (int reader = 0; reader < 8; ++reader) {
    readers.emplace_back([&] {
      while (true) {
        try {
          Wire wire(serving.port(Listener::portal));
          wire.send(get_of(made_page, closing_field));
          // Connected before the end: an answer is owed.
          wire.read_all().starts_with("HTTP/1.1 200") ? ++answered : ++lost;
        } catch (const Poco::Exception&) {
          if (stopped) return;
          ++lost;
        }
      }
    });
  }
  // A crowd, however fast the machine is.
  for (int i = 0; i < 600 && answered <= 50; ++i) std::this_thread::sleep_for(milliseconds(50));
  stopped = true;
  serving.server.stop(std::chrono::seconds(5));
  for (std::thread& reader : readers) reader.join();
  EXPECT_GT(answered, 50);
  // Between the last look at the system's line and its end passes a moment that no program can close.
  EXPECT_LE(lost, 1);
}

TEST(Listening, StopsWithinItsGrace) {
  Serving serving;
  Wire idle(serving.port(Listener::portal));
  const auto begin = std::chrono::steady_clock::now();
  serving.server.stop(std::chrono::seconds(2));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(2));
}

TEST(Listening, SaysWhichPortIsTaken) {
  Serving serving;
  ServerSettings settings = Serving::quick();
  settings.office_port = serving.port(Listener::portal);
  try {
    const Server second(serving.edge, settings);
    FAIL() << "it started on a taken port";
  } catch (const Unavailable& refused) {
    EXPECT_EQ(refused.code(), "port_taken");
    EXPECT_THAT(refused.message().en, HasSubstr(std::to_string(settings.office_port)));
  }
}

// Red when a program that is to serve the portal alone opens the office all the same.
TEST(Listening, ServesThePortalWithoutTheOffice) {
  Serving serving;
  ServerSettings settings = Serving::quick();
  settings.office = false;
  Server portal_alone(serving.edge, settings);
  EXPECT_EQ(portal_alone.port(Listener::office), 0);
  EXPECT_NE(portal_alone.port(Listener::operations), 0);
  Wire wire(portal_alone.port(Listener::portal));
  wire.send(get_of("/robots.txt", closing_field));
  EXPECT_THAT(wire.read_answer(), StartsWith("HTTP/1.1 200"));
}

// A child process between fork and exec holds every socket: one that was closed here goes on telling of what comes.
TEST(Listening, HearsNothingMoreOfAConnectionThatAChildProcessStillHolds) {
  Serving serving;
  Wire wire(serving.port(Listener::portal));
  wire.send(get_of("/robots.txt"));
  EXPECT_THAT(wire.read_answer(), StartsWith("HTTP/1.1 200"));
  const pid_t child = ::fork();
  if (child == 0) {
    ::sleep(30);
    ::_exit(0);
  }
  wire.send(get_of("/robots.txt", closing_field));
  EXPECT_THAT(wire.read_answer(), StartsWith("HTTP/1.1 200"));
  // Long enough that the server gives up listening; then there is something to tell.
  std::this_thread::sleep_for(milliseconds(2'500));
  wire.send("late");
  EXPECT_THAT(exchange(serving.port(Listener::portal), get_of("/robots.txt", closing_field)), StartsWith("HTTP/1.1 200"));
  ::kill(child, SIGKILL);
  ::waitpid(child, nullptr, 0);
}

TEST(Listening, SharesItsSocketsAmongSeveralLoops) {
  ServerSettings settings = Serving::quick();
  settings.portal_loops = 3;
  Serving serving(settings);
  for (int count = 0; count < 50; ++count) {
    EXPECT_THAT(exchange(serving.port(Listener::portal), get_of("/ko", closing_field)), StartsWith("HTTP/1.1 200"));
  }
}

}  // namespace
}  // namespace hanjari::web::testing
