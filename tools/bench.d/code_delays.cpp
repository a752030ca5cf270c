// How long a code takes from the request until a slow gateway has taken it, while a city's reminders wait in the outbox: once with one
// sender for everything, once with the connections that a server has by itself (two for what can wait, four for codes). The outbox, its
// database and the calls are the program's own; the gateway takes some seconds for every message. A code is asked for every second.
//
// usage: code_delays DATA [SECONDS [REMINDERS]]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <map>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/ThreadPool.h>

#include "hanjari/base/error.h"
#include "hanjari/messages/delivery/carriers.h"
#include "hanjari/messages/messages.h"
#include "hanjari/program/opening/database.h"

namespace {

using namespace hanjari;
using namespace std::chrono_literals;
using std::chrono::steady_clock;

constexpr int codes = 60;  // one a second
constexpr auto longest_wait = 5min;

// When which message was taken.
class Taken {
 public:
  void note(const std::string& id) {
    const std::lock_guard lock(mutex_);
    at_.emplace(id, steady_clock::now());
  }
  std::map<std::string, steady_clock::time_point> all() {
    const std::lock_guard lock(mutex_);
    return at_;
  }

 private:
  std::mutex mutex_;
  std::map<std::string, steady_clock::time_point> at_;
};

class SlowAnswer : public Poco::Net::HTTPRequestHandler {
 public:
  SlowAnswer(Taken& taken, std::chrono::milliseconds takes) : taken_(taken), takes_(takes) {}
  void handleRequest(Poco::Net::HTTPServerRequest& request, Poco::Net::HTTPServerResponse& response) override {
    const std::string body{std::istreambuf_iterator<char>(request.stream()), {}};
    std::this_thread::sleep_for(takes_);
    taken_.note(request.get("Idempotency-Key", ""));
    response.setContentLength(0);
    response.send();
  }

 private:
  Taken& taken_;
  std::chrono::milliseconds takes_;
};

class SlowAnswers : public Poco::Net::HTTPRequestHandlerFactory {
 public:
  SlowAnswers(Taken& taken, std::chrono::milliseconds takes) : taken_(taken), takes_(takes) {}
  Poco::Net::HTTPRequestHandler* createRequestHandler(const Poco::Net::HTTPServerRequest&) override {
    return new SlowAnswer(taken_, takes_);
  }

 private:
  Taken& taken_;
  std::chrono::milliseconds takes_;
};

// Senders of one kind, each in a thread that asks again after the pause.
struct Senders {
  int count;
  services::Lane lane;
  int at_once;
  std::chrono::milliseconds pause;
};

void add(std::vector<std::jthread>& threads, storage::Database& database, services::MessageCarrier& carrier,
         const Senders& senders) {
  for (int sender = 0; sender < senders.count; ++sender) {
    threads.emplace_back([&database, &carrier, senders](const std::stop_token& stop) {
      services::SendingRules rules;
      rules.lane = senders.lane;
      rules.at_once = senders.at_once;
      rules.limits = &database.attempts();
      services::MessageSender one(database.outbox(), carrier, carrier, system_clock(), rules);
      while (!stop.stop_requested()) {
        try {
          if (one.send_due([&stop] { return stop.stop_requested(); }) > 0) continue;
        } catch (const Error& error) {
          std::fprintf(stderr, "%s\n", error.code().c_str());
        }
        std::this_thread::sleep_for(senders.pause);
      }
    });
  }
}

services::Message text_message(const std::string& id, int person) {
  services::Message message;
  message.dedupe_id = id;
  message.channel = services::Channel::sms;
  message.to = "010" + std::to_string(10'000'000 + person);
  message.body = "좌석이 배정되었습니다.";
  return message;
}

void print_delays(const char* what, storage::Database& database, Taken& taken, const std::vector<Senders>& kinds,
                  services::MessageCarrier& carrier) {
  const std::string name = std::string("code/") + what + "/";
  std::map<std::string, steady_clock::time_point> asked;
  std::vector<std::jthread> threads;
  for (const Senders& kind : kinds) add(threads, database, carrier, kind);
  const auto begin = steady_clock::now();
  for (int code = 0; code < codes; ++code) {
    std::this_thread::sleep_until(begin + std::chrono::seconds(code));
    services::Message message = text_message(name + std::to_string(code), code);
    message.urgency = services::Urgency::code;
    asked[message.dedupe_id] = steady_clock::now();
    database.outbox().enqueue(message, system_clock().now());
  }
  std::vector<double> delays;
  while (delays.size() < asked.size() && steady_clock::now() < begin + longest_wait) {
    std::this_thread::sleep_for(200ms);
    delays.clear();
    const auto all = taken.all();
    for (const auto& [id, at] : asked) {
      if (const auto found = all.find(id); found != all.end())
        delays.push_back(std::chrono::duration<double>(found->second - at).count());
    }
  }
  for (std::jthread& thread : threads) thread.request_stop();
  threads.clear();
  std::sort(delays.begin(), delays.end());
  std::printf("%-22s %3zu of %d codes taken; median %6.2f s, 95 %% %6.2f s, slowest %6.2f s\n", what, delays.size(), codes,
              delays.empty() ? 0.0 : delays[delays.size() / 2],
              delays.empty() ? 0.0 : delays[delays.size() * 95 / 100], delays.empty() ? 0.0 : delays.back());
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc < 2) return 64;
  const double takes = argc > 2 ? std::atof(argv[2]) : 2;
  const int reminders = argc > 3 ? std::atoi(argv[3]) : 36'109;
  storage::DatabaseSettings settings;
  settings.data = argv[1];
  storage::Database database(settings, storage::SchemaUpgrade::automatic, system_clock(), no_progress());
  for (int person = 0; person < reminders; ++person)
    database.outbox().enqueue(text_message("reminder/" + std::to_string(person), person), system_clock().now());

  Taken taken;
  Poco::ThreadPool pool(4, 32);
  Poco::Net::ServerSocket socket(Poco::Net::SocketAddress("127.0.0.1", 0));
  Poco::Net::HTTPServer gateway(
      new SlowAnswers(taken, std::chrono::milliseconds(static_cast<int>(takes * 1'000))), pool, socket,
      new Poco::Net::HTTPServerParams);
  gateway.start();
  delivery::SmsSettings sms;
  sms.url = "http://127.0.0.1:" + std::to_string(socket.address().port()) + "/messages";
  sms.from = "02-120";
  delivery::SmsCarrier carrier(sms);
  using services::Urgency;
  const services::Lane codes_only{services::Channel::sms, {Urgency::code}};
  const services::Lane all_others{services::Channel::sms, {Urgency::soon, Urgency::bulk}};
  std::printf("%d reminders wait; the gateway takes %.1f s for a message; a code a second\n", reminders, takes);
  print_delays("one sender", database, taken, {{1, {}, 20, 1s}}, carrier);
  print_delays("connections for codes", database, taken, {{2, all_others, 20, 1s}, {4, codes_only, 1, 500ms}}, carrier);
  gateway.stopAll(true);
  return 0;
} catch (const hanjari::Error& error) {
  std::fprintf(stderr, "%s: %s\n", error.code().c_str(), error.message().en.c_str());
  return 1;
}
