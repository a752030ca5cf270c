// Work that comes once a minute and may take long, in a thread of its own, so that signals are heard meanwhile.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace hanjari::cli {

class MinuteClerk {
 public:
  // `work` tells of its failures itself.
  explicit MinuteClerk(std::function<void()> work, std::chrono::milliseconds every = std::chrono::minutes(1));
  // Waits for the work in hand.
  ~MinuteClerk();
  MinuteClerk(const MinuteClerk&) = delete;
  MinuteClerk& operator=(const MinuteClerk&) = delete;

  // No more rounds. Waits up to `patience` for the work in hand; false when it goes on: whoever cannot wait may end the
  // program, because all such work may be killed at any moment.
  bool finish(std::chrono::milliseconds patience);

 private:
  void run();

  std::function<void()> work_;
  std::chrono::milliseconds every_;
  std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  bool over_ = false;
  std::thread thread_;
};

}  // namespace hanjari::cli
