#include "program/serve/periodic.h"

#include <algorithm>
#include <utility>

namespace hanjari::cli {

PeriodicRunner::PeriodicRunner(std::vector<PeriodicWork> works,
                               std::function<void(const std::string& name, const Error&)> on_fault)
    : works_(std::move(works)), on_fault_(std::move(on_fault)) {
  for (const PeriodicWork& work : works_) running_.push_back(work.name);
  threads_.reserve(works_.size());
  for (const PeriodicWork& work : works_)
    threads_.emplace_back([this, &work](const std::stop_token& stop) { run(work, stop); });
}

// All are asked before any is waited for.
PeriodicRunner::~PeriodicRunner() {
  for (std::jthread& thread : threads_) thread.request_stop();
}

std::vector<std::string> PeriodicRunner::finish(std::chrono::milliseconds timeout) {
  for (std::jthread& thread : threads_) thread.request_stop();
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, timeout, [this] { return running_.empty(); });
  return running_;
}

void PeriodicRunner::run(const PeriodicWork& work, const std::stop_token& stop) {
  auto wait = work.first;
  std::string told;  // code of the fault that the last round ended with
  const auto tell = [&](const Error& error) {
    if (error.code() == told) return;
    on_fault_(work.name, error);
    told = error.code();
  };
  const auto round_once = [&] {
    try {
      const bool more = work.round(stop);
      told.clear();
      return more;
    } catch (const Error& error) {
      tell(error);
    } catch (...) {
      // What an unknown exception says may hold data of people, so it is not passed on.
      tell(Unavailable("periodic_work_failed", {"an unexpected failure", "예기치 않은 오류"}));
    }
    return false;
  };
  while (true) {
    {
      std::unique_lock lock(mutex_);
      changed_.wait_for(lock, stop, wait, [] { return false; });
    }
    if (stop.stop_requested()) break;
    bool more = false;
    try {
      more = round_once();
    } catch (...) {
      // No memory for the words, or for the line: told after the next round that fails. Nothing may leave a thread.
    }
    wait = more ? std::chrono::milliseconds(0) : work.pause;
  }
  const std::lock_guard lock(mutex_);
  running_.erase(std::find(running_.begin(), running_.end(), work.name));
  changed_.notify_all();
}

}  // namespace hanjari::cli
