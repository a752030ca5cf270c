#include "server/worker_pool.h"

#include <system_error>

#include <fmt/format.h>

#include "hanjari/base/error.h"

namespace hanjari::web {

WorkerPool::WorkerPool(int threads, std::size_t longest_queue, std::chrono::milliseconds timeout,
                       std::function<void(std::size_t)> tell)
    : longest_queue_(longest_queue), timeout_(timeout), tell_(std::move(tell)) {
  try {
    for (int count = 0; count < threads; ++count) threads_.emplace_back([this] { work(); });
  } catch (const std::system_error& refused) {
    finish();  // a thread that nobody joins ends the program without a word
    throw Unavailable("no_threads", {fmt::format("the system gives no more threads ({}); allow more or set fewer workers",
                                                 refused.code().message()),
                                     fmt::format("시스템이 스레드를 더 주지 않습니다({}). 한도를 늘리거나 작업 스레드 수를 줄이십시오",
                                                 refused.code().message())});
  }
}

WorkerPool::~WorkerPool() {
  finish();
}

bool WorkerPool::add(Job job) {
  {
    const std::lock_guard lock(mutex_);
    if (finished_ || queue_.size() >= longest_queue_) return false;
    queue_.push_back({std::chrono::steady_clock::now(), std::move(job)});
    tell_(queue_.size());
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
      changed_.wait(lock, [this] { return finished_ || !queue_.empty(); });
      if (queue_.empty()) return;
      next = std::move(queue_.front());
      queue_.pop_front();
      tell_(queue_.size());
    }
    try {
      next.job(std::chrono::steady_clock::now() - next.since <= timeout_);
    } catch (...) {
      // A job answers for its own failures; what gets out all the same (no memory for the answer) must not end the
      // program, which an exception that leaves a thread does.
      ++failed_;
    }
  }
}

}  // namespace hanjari::web
