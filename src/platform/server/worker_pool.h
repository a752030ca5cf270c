// Threads that make answers, and the bounded line before them.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
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

  // `tell` hears the length of the line whenever it changes.
  WorkerPool(int threads, std::size_t longest_line, std::chrono::milliseconds patience,
             std::function<void(std::size_t)> tell);
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // False when the line is full: the job is not taken.
  bool add(Job job);
  // Does what stands in line and ends the threads.
  void finish();

 private:
  struct Waiting {
    Moment since;
    Job job;
  };
  void work();

  std::size_t longest_line_;
  std::chrono::milliseconds patience_;
  std::function<void(std::size_t)> tell_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Waiting> line_;
  bool finished_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace hanjari::web
