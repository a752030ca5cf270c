// A connection that has been silent for too long, and a request that comes in that very moment.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include "server/wire.h"

namespace hanjari::web::testing {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;
using ::testing::StartsWith;

const std::string kept_page = "/robots.txt";
// Made for everybody anew, by a worker.
const std::string worked_page = "/ko/exams/seoul-2021-1/seat";

// Kept answers are logged by the event loop itself, so whoever holds the log holds the loop.
class HeldLoop {
 public:
  // Of the log.
  void pass() {
    std::unique_lock lock(mutex_);
    if (passes_ > 0) {
      --passes_;
      return;
    }
    ++held_;
    changed_.notify_all();
    const int own = held_;
    changed_.wait_for(lock, std::chrono::seconds(10), [&] { return released_ >= own; });
  }
  void let_pass(int times) {
    const std::lock_guard lock(mutex_);
    passes_ += times;
  }
  // Waits until the loop is held for the `time`th time.
  bool await(int time) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(10), [&] { return held_ >= time; });
  }
  void release() {
    const std::lock_guard lock(mutex_);
    ++released_;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int passes_ = 0;
  int held_ = 0;
  int released_ = 0;
};

// The three requests that are answered before the loop is to be held.
constexpr int asked_before = 3;

// Longer than a busy machine takes between two steps of a test.
ServerSettings with_long_silence() {
  ServerSettings settings = Serving::quick();
  settings.idle_deadline = milliseconds(1'500);
  return settings;
}

struct HeldServing {
  HeldServing() { loop.let_pass(asked_before + 1); }  // and the one that makes the kept answer

  Office office;
  SiteServices services = office.services();
  Site site{services, SiteSettings{}, site_routes()};
  HeldLoop loop;
  Edge edge{site, [this](const AccessEntry& entry) {
              if (entry.route == kept_page) loop.pass();
            }};
  Server server{edge, with_long_silence()};
  std::uint16_t portal() const { return server.port(Listener::portal); }
};

// Two requests of neighbours hold the loop: the first until the silence of `wire` has lasted too long, the second in the
// round of the loop that is to end it. `bytes` come in that round, too late to be told of by an event.
std::string answer_at_the_last_moment(const std::string& bytes) {
  HeldServing serving;
  exchange(serving.portal(), get_of(kept_page, "Connection: close\r\n"));
  Wire wire(serving.portal());
  Wire one(serving.portal());
  Wire two(serving.portal());
  for (Wire* each : {&one, &two, &wire}) {
    each->send(get_of(kept_page));
    EXPECT_THAT(each->read_answer(), StartsWith("HTTP/1.1 200"));
  }
  one.send(get_of(kept_page));
  EXPECT_TRUE(serving.loop.await(1));
  two.send(get_of(kept_page));
  std::this_thread::sleep_for(with_long_silence().idle_deadline + milliseconds(200));
  serving.loop.release();
  EXPECT_TRUE(serving.loop.await(2));
  wire.send(bytes);
  std::this_thread::sleep_for(milliseconds(50));
  serving.loop.let_pass(1);
  serving.loop.release();
  return wire.read_all(milliseconds(2'000));
}

// Red when silence is ended without a last look: the system breaks a connection off that is closed with unread bytes.
TEST(Silence, IsNotEndedOverARequestThatHasJustCome) {
  const std::string form =
      "POST " + worked_page +
      " HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 8\r\n\r\nnumber=1";
  EXPECT_THAT(answer_at_the_last_moment(form), StartsWith("HTTP/1.1 403")) << "read, and refused for its missing token";
  EXPECT_THAT(answer_at_the_last_moment(get_of(kept_page)), StartsWith("HTTP/1.1 200"));
}

TEST(Silence, IsNotEndedOverTheBeginningOfARequest) {
  EXPECT_THAT(answer_at_the_last_moment("POST " + worked_page + " HTTP/1.1\r\n"), StartsWith("HTTP/1.1 408"))
      << "it has the time that every head has, and is told when that is over";
}

// The last look finds nothing: closed as ever, and counted so.
TEST(Silence, EndsWhereNothingCame) {
  Serving serving;
  Wire wire(serving.port(Listener::portal));
  wire.send(get_of(kept_page));
  wire.read_answer();
  EXPECT_TRUE(wire.is_closed_by_peer(milliseconds(1'500)));
  const std::string metrics =
      exchange(serving.port(Listener::operations), get_of("/metrics", "Connection: close\r\n"));
  EXPECT_THAT(metrics, HasSubstr("hanjari_http_connections_closed_total{listener=\"portal\",reason=\"idle\"} 1"));
}

}  // namespace
}  // namespace hanjari::web::testing
