// Guesses of one moment exceed no limit, right ones cost nothing, and networks are counted as one source.
#include "hanjari/actor/attempts.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "hanjari/base/error.h"
#include "stage/memory_attempts.h"

namespace hanjari::tests {
namespace {

using namespace std::chrono_literals;
using services::Guess;
using services::LookUpGuess;

const Instant first_attempt{1'622'851'200s};

template <class OneGuess>
int allowed_at_once(int guessers, int limit) {
  MemoryAttempts attempts;
  std::atomic<int> judged{0};
  std::vector<std::thread> threads;
  for (int guesser = 0; guesser < guessers; ++guesser) {
    threads.emplace_back([&] {
      try {
        OneGuess guess(attempts, {{"a", limit, 10min}}, first_attempt);
        std::this_thread::sleep_for(2ms);
        ++judged;
        guess.was_wrong();
      } catch (const Error&) {
        return;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(attempts.count_misses("a", first_attempt - 1min), limit);
  return judged;
}

TEST(Guesses, OfOneMomentAreAtMostTheLimit) {
  EXPECT_EQ(allowed_at_once<Guess>(24, 5), 5);
  EXPECT_EQ(allowed_at_once<LookUpGuess>(24, 5), 5);
}

TEST(Guesses, ThatAreRightAreNotCountedAndRefuseNobody) {
  MemoryAttempts attempts;
  std::atomic<int> refused{0};
  std::vector<std::thread> threads;
  for (int reader = 0; reader < 12; ++reader) {
    threads.emplace_back([&] {
      try {
        const LookUpGuess guess(attempts, {{"a", 5, 10min}}, first_attempt);
        std::this_thread::sleep_for(1ms);
      } catch (const Error&) {
        ++refused;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(refused, 0) << "they wait for one another";
  for (int reader = 0; reader < 10; ++reader) Guess(attempts, {{"a", 5, 10min}}, first_attempt);
  EXPECT_EQ(attempts.count_misses("a", first_attempt - 1min), 0);
}

TEST(Guesses, ThatCouldNotBeJudgedAreTakenBack) {
  MemoryAttempts attempts;
  try {
    const Guess guess(attempts, {{"a", 5, 10min}}, first_attempt);
    throw Unavailable("database_lost", {"lost", "끊김"});
  } catch (const Unavailable&) {
  }
  EXPECT_EQ(attempts.count_misses("a", first_attempt - 1min), 0);
}

TEST(Sources, OfOneNetworkAreOne) {
  using services::source_of_limits;
  EXPECT_EQ(source_of_limits("192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(source_of_limits("2001:db8:1:2:3:4:5:6"), source_of_limits("2001:db8:1:2::9"));
  EXPECT_NE(source_of_limits("2001:db8:1:2::9"), source_of_limits("2001:db8:1:3::9"));
  EXPECT_EQ(source_of_limits("::ffff:192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(source_of_limits("fe80::1%eth0"), source_of_limits("fe80::2"));
  EXPECT_EQ(source_of_limits(""), "");
  EXPECT_EQ(source_of_limits("not an address"), "not an address");
}

// Red while whoever waited in vain was told neither how many wait nor when to come again.
TEST(Guesses, ThatWaitInVainAreToldHowManyWaitAndWhenToComeAgain) {
  MemoryAttempts attempts;
  attempts.reserve("one that is being judged", {{"a", 1, 10min}}, first_attempt);
  std::atomic<int> told{0};
  std::vector<std::thread> threads;
  for (int guesser = 0; guesser < 3; ++guesser) {
    threads.emplace_back([&] {
      try {
        const Guess guess(attempts, {{"a", 1, 10min}}, first_attempt);
      } catch (const services::SignInBusy& busy) {
        const std::string seconds = std::to_string(busy.retry_after().count());
        EXPECT_NE(busy.message().en.find("Try again in about " + seconds + " s."), std::string::npos) << busy.message().en;
        EXPECT_NE(busy.message().ko.find("약 " + seconds + "초 뒤에"), std::string::npos) << busy.message().ko;
        if (busy.message().ko.find("명이 차례를 기다리고 있습니다") != std::string::npos) ++told;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_GE(told, 1) << "all but the last one leave somebody behind";
}

}  // namespace
}  // namespace hanjari::tests
