// Work that comes again and again while the server runs. Every piece has a thread of its own, so that one that takes long
// or waits for somebody holds up no other.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "hanjari/base/error.h"

namespace hanjari::cli {

struct PeriodicWork {
  std::string name;  // as the log says it: "reminders"
  std::chrono::milliseconds first{0};  // until the first round
  std::chrono::milliseconds pause{0};  // between the end of a round and the next
  // One round; gives true when there is more to do at once. A long round asks the token now and then. It may be broken
  // off at any moment by the end of the program, so whatever it does must bear being done again.
  std::function<bool(const std::stop_token&)> round;
};

class PeriodicRunner {
 public:
  // `on_fault` is told what a round threw, once while the same fault goes on; the next round comes after the usual pause.
  PeriodicRunner(std::vector<PeriodicWork> works,
                 std::function<void(const std::string& name, const Error&)> on_fault);
  // Waits for the rounds in hand.
  ~PeriodicRunner();
  PeriodicRunner(const PeriodicRunner&) = delete;
  PeriodicRunner& operator=(const PeriodicRunner&) = delete;

  // No more rounds. Waits up to `timeout` for those in hand and gives the names of those that go on.
  std::vector<std::string> finish(std::chrono::milliseconds timeout);

 private:
  void run(const PeriodicWork& work, const std::stop_token& stop);

  const std::vector<PeriodicWork> works_;
  std::function<void(const std::string& name, const Error&)> on_fault_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::vector<std::string> running_;  // names of works whose thread has not ended
  std::vector<std::jthread> threads_;
};

}  // namespace hanjari::cli
