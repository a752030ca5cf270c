// Signals are heard at once, whatever the program does: while it opens its database, serves, or waits for a proxy.
#include <gtest/gtest.h>

#include <pthread.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <thread>

#include "program/serve/stop_signals.h"

namespace hanjari::cli {
namespace {

using namespace std::chrono_literals;

class StopSignals : public ::testing::Test {
 protected:
  StopSignals() {
    pthread_sigmask(SIG_BLOCK, nullptr, &before_);
    hold_back_signals();
  }
  ~StopSignals() override {
    is_asked_to_end(0ms);  // nothing waits when they are let through again
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }

 private:
  sigset_t before_{};
};

TEST_F(StopSignals, EndAProgramThatIsStillOpeningItsDatabase) {
  std::atomic<bool> ended{false};
  EndWhileOpening opening([&] { ended = true; });
  ::kill(::getpid(), SIGTERM);
  const auto until = std::chrono::steady_clock::now() + 10min;
  while (!ended && std::chrono::steady_clock::now() < until) std::this_thread::sleep_for(1ms);
  EXPECT_TRUE(ended);
}

TEST_F(StopSignals, AreLeftToWhoWaitsForThemOnceTheProgramIsOpen) {
  bool ended = false;
  { const EndWhileOpening opening([&] { ended = true; }); }
  ::kill(::getpid(), SIGINT);
  wait_for_stop([] {});
  EXPECT_FALSE(ended);
}

TEST_F(StopSignals, ShortenTheTimeThatIsLeftForAProxy) {
  ::kill(::getpid(), SIGTERM);
  EXPECT_TRUE(is_asked_to_end(10min)) << "who asks twice need not wait";
  EXPECT_FALSE(is_asked_to_end(1ms));
}

TEST_F(StopSignals, TellOfAHangupAndGoOnWaiting) {
  std::atomic<int> hangups{0};
  ::kill(::getpid(), SIGHUP);
  std::jthread ending([&] {
    while (hangups == 0) std::this_thread::sleep_for(1ms);
    ::kill(::getpid(), SIGTERM);
  });
  wait_for_stop([&] { ++hangups; });
  EXPECT_EQ(hangups, 1);
}

}  // namespace
}  // namespace hanjari::cli
