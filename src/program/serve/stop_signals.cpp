#include "program/serve/stop_signals.h"

#include <pthread.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <ctime>
#include <utility>

namespace hanjari::cli {
namespace {

constexpr std::chrono::milliseconds between_looks{50};

sigset_t signals_of_end() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  return signals;
}

sigset_t signals_held_back() {
  sigset_t signals = signals_of_end();
  sigaddset(&signals, SIGHUP);
  return signals;
}

}  // namespace

void hold_back_signals() {
  const sigset_t signals = signals_held_back();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

void wait_for_stop(const std::function<void()>& on_hangup) {
  const sigset_t signals = signals_held_back();
  while (true) {
    int signal = 0;
    if (::sigwait(&signals, &signal) != 0) continue;
    if (signal == SIGHUP) on_hangup();
    if (signal == SIGTERM || signal == SIGINT) return;
  }
}

bool is_asked_to_end(std::chrono::milliseconds within) {
  using std::chrono::steady_clock;
  const sigset_t signals = signals_of_end();
  const auto until = steady_clock::now() + within;
  while (true) {
    const auto left = std::max(std::chrono::nanoseconds(0), std::chrono::nanoseconds(until - steady_clock::now()));
    const auto seconds = std::chrono::floor<std::chrono::seconds>(left);
    timespec time{};
    time.tv_sec = static_cast<std::time_t>(seconds.count());
    time.tv_nsec = static_cast<long>((left - seconds).count());
    if (::sigtimedwait(&signals, nullptr, &time) > 0) return true;
    if (errno != EINTR) return false;
  }
}

EndWhileOpening::EndWhileOpening(std::function<void()> on_end)
    : thread_([on_end = std::move(on_end)](const std::stop_token& stop) {
        while (!stop.stop_requested()) {
          if (is_asked_to_end(between_looks)) return on_end();
        }
      }) {}

}  // namespace hanjari::cli
