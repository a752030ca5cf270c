#include "program/serve/minute_clerk.h"

#include <exception>
#include <utility>

namespace hanjari::cli {

MinuteClerk::MinuteClerk(std::function<void()> work, std::chrono::milliseconds every)
    : work_(std::move(work)), every_(every), thread_([this] { run(); }) {}

MinuteClerk::~MinuteClerk() {
  finish(std::chrono::milliseconds(0));
  thread_.join();
}

bool MinuteClerk::finish(std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  stopping_ = true;
  changed_.notify_all();
  return changed_.wait_for(lock, patience, [this] { return over_; });
}

void MinuteClerk::run() {
  std::unique_lock lock(mutex_);
  while (!changed_.wait_for(lock, every_, [this] { return stopping_; })) {
    lock.unlock();
    try {
      work_();
    } catch (const std::exception&) {
      // What failed is tried again in a minute.
    }
    lock.lock();
  }
  over_ = true;
  changed_.notify_all();
}

}  // namespace hanjari::cli
