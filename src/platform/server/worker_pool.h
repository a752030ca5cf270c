// Threads that make answers, and the bounded line before them.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace hanjari::web {

class WorkerPool {
 public:
  using Moment = std::chrono::steady_clock::time_point;
  // `in_time` is false for a job that waited beyond the deadline.
  using Job = std::function<void(bool in_time)>;

  // `tell` hears the length of the queue whenever it changes.
  WorkerPool(int threads, std::size_t longest_queue, std::chrono::milliseconds timeout,
             std::function<void(std::size_t)> tell);
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // False when the queue is full: the job is not taken.
  bool add(Job job);
  // Does what stands in the queue and ends the threads.
  void finish();
  // Jobs that threw.
  std::uint64_t failed() const { return failed_; }

 private:
  struct Waiting {
    Moment since;
    Job job;
  };
  void work();

  std::size_t longest_queue_;
  std::chrono::milliseconds timeout_;
  std::function<void(std::size_t)> tell_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Waiting> queue_;
  bool finished_ = false;
  std::atomic<std::uint64_t> failed_{0};
  std::vector<std::thread> threads_;
};

}  // namespace hanjari::web
