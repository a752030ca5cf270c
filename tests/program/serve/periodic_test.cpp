// Work that comes again and again: in its own time, whatever the others do, and over when it is asked to be.
#include <gtest/gtest.h>

#include <atomic>
#include <new>
#include <stdexcept>
#include <thread>

#include "program/serve/periodic.h"

namespace hanjari::cli {
namespace {

using namespace std::chrono_literals;

void await(const std::atomic<int>& counter, int least) {
  const auto until = std::chrono::steady_clock::now() + 10min;
  while (counter < least && std::chrono::steady_clock::now() < until) std::this_thread::sleep_for(1ms);
}

PeriodicWork counting(const std::string& name, std::atomic<int>& rounds) {
  return {name, 0ms, 1ms, [&rounds](const std::stop_token&) {
            ++rounds;
            return false;
          }};
}

TEST(Periodic, OneThatHangsHoldsUpNoOther) {
  std::atomic<int> others{0};
  std::atomic<int> begun{0};
  std::atomic<bool> hangs{true};
  PeriodicRunner runner({{"hanging", 0ms, 1ms,
                          [&](const std::stop_token&) {
                            ++begun;
                            while (hangs) std::this_thread::sleep_for(1ms);
                            return false;
                          }},
                         counting("counting", others)},
                        [](const std::string&, const Error&) {});
  await(begun, 1);
  await(others, 3);
  EXPECT_EQ(runner.finish(20ms), std::vector<std::string>{"hanging"});
  hangs = false;
  EXPECT_TRUE(runner.finish(1min).empty());
  const int at_end = others;
  std::this_thread::sleep_for(20ms);
  EXPECT_EQ(others, at_end);
}

TEST(Periodic, MoreIsDoneAtOnceAndTheRestAfterThePause) {
  std::atomic<int> rounds{0};
  PeriodicRunner runner({{"queue", 0ms, 1h, [&](const std::stop_token&) { return ++rounds < 5; }}},
                        [](const std::string&, const Error&) {});
  await(rounds, 5);
  std::this_thread::sleep_for(20ms);
  EXPECT_EQ(rounds, 5) << "the pause is an hour";
}

TEST(Periodic, ALongRoundHearsThatItIsOver) {
  std::atomic<int> rounds{0};
  PeriodicRunner runner({{"long", 0ms, 1ms,
                          [&](const std::stop_token& stop) {
                            ++rounds;
                            while (!stop.stop_requested()) std::this_thread::sleep_for(1ms);
                            return true;
                          }}},
                        [](const std::string&, const Error&) {});
  await(rounds, 1);
  EXPECT_TRUE(runner.finish(1min).empty());
  EXPECT_EQ(rounds, 1);
}

TEST(Periodic, AFaultIsToldOnceWhileItStaysAndTheWorkGoesOn) {
  std::atomic<int> rounds{0};
  std::mutex mutex;
  std::vector<std::string> told;
  PeriodicRunner runner({{"faulty", 0ms, 1ms,
                          [&](const std::stop_token&) -> bool {
                            const int round = ++rounds;
                            if (round <= 3) throw Unavailable("away", {"away", "없음"});
                            if (round == 4) throw std::runtime_error("words of somebody");
                            if (round == 6) throw Unavailable("away", {"away", "없음"});
                            return false;
                          }}},
                        [&](const std::string& name, const Error& error) {
                          const std::lock_guard lock(mutex);
                          told.push_back(name + " " + error.code());
                        });
  await(rounds, 8);
  EXPECT_TRUE(runner.finish(1min).empty());
  EXPECT_EQ(told, (std::vector<std::string>{"faulty away", "faulty periodic_work_failed", "faulty away"}));
}

// Red when only exceptions of the standard were caught, or when telling could throw: the program ended.
TEST(Periodic, NothingThatIsThrownEndsTheProgram) {
  std::atomic<int> rounds{0};
  std::atomic<int> told{0};
  PeriodicRunner runner({{"throwing", 0ms, 1ms,
                          [&](const std::stop_token&) -> bool {
                            const int round = ++rounds;
                            if (round == 1) throw 7;
                            if (round == 2) throw "words of somebody";
                            if (round == 3) throw Unavailable("away", {"away", "없음"});
                            return false;
                          }}},
                        [&](const std::string&, const Error&) {
                          ++told;
                          throw std::bad_alloc();
                        });
  await(rounds, 5);
  EXPECT_TRUE(runner.finish(1min).empty());
  EXPECT_EQ(told, 3) << "what could not be told is told of the next failure";
}

}  // namespace
}  // namespace hanjari::cli
