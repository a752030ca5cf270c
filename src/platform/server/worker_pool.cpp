#include "server/worker_pool.h"

namespace hanjari::web {

WorkerPool::WorkerPool(int threads, std::size_t longest_line, std::chrono::milliseconds patience,
                       std::function<void(std::size_t)> tell)
    : longest_line_(longest_line), patience_(patience), tell_(std::move(tell)) {
  for (int count = 0; count < threads; ++count) threads_.emplace_back([this] { work(); });
}

WorkerPool::~WorkerPool() {
  finish();
}

bool WorkerPool::add(Job job) {
  {
    const std::lock_guard lock(mutex_);
    if (finished_ || line_.size() >= longest_line_) return false;
    line_.push_back({std::chrono::steady_clock::now(), std::move(job)});
    tell_(line_.size());
  }
  changed_.notify_one();
  return true;
}

void WorkerPool::finish() {
  {
    const std::lock_guard lock(mutex_);
    finished_ = true;
  }
  changed_.notify_all();
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

void WorkerPool::work() {
  while (true) {
    Waiting next;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return finished_ || !line_.empty(); });
      if (line_.empty()) return;
      next = std::move(line_.front());
      line_.pop_front();
      tell_(line_.size());
    }
    next.job(std::chrono::steady_clock::now() - next.since <= patience_);
  }
}

}  // namespace hanjari::web
