// Asks the database all the time whether it answers, so that nobody else has to find out by waiting.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "database/connection_pool.h"

namespace hanjari::storage {

class DatabaseWatch {
 public:
  // `open`: a connection that gives up soon. `check_keys`: throws Unavailable when the keys do not open; asked less
  // often. The pool is told of outages.
  DatabaseWatch(ConnectionPool::Open open, std::function<void()> check_keys, ConnectionPool& pool);
  ~DatabaseWatch();
  DatabaseWatch(const DatabaseWatch&) = delete;
  DatabaseWatch& operator=(const DatabaseWatch&) = delete;

  // At once; throws Unavailable with what is wrong.
  void check() const;
  // Whether nothing works, reading neither.
  bool is_away() const { return away_; }
  // Whether an answer is awaited longer than a database that is well takes: who has something else to give need not ask it.
  bool is_silent() const;

 private:
  using Moment = std::chrono::steady_clock::time_point;
  void run();
  void finish();
  void keep_time();
  void ask();
  bool ask_for_a_connection();
  void look_at_keys();
  std::exception_ptr known_outage() const;
  void tell(std::exception_ptr outage, std::exception_ptr other);

  ConnectionPool::Open open_;
  std::function<void()> check_keys_;
  ConnectionPool& pool_;
  std::unique_ptr<Connection> connection_;
  Moment opened_at_{};
  int slow_answers_ = 0;  // one after the other
  std::exception_ptr refusing_;  // no other connection is taken, this one works
  Moment keys_checked_at_{};
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<Moment> asked_at_;      // a question that is not answered yet
  // Errors as they were thrown, so that their types stay; null when there is nothing to tell.
  std::exception_ptr outage_;   // nothing works
  std::exception_ptr trouble_;  // reading works, but something is wrong: read-only, keys
  bool stopping_ = false;
  std::atomic<bool> away_{false};
  std::thread thread_;
  std::thread timekeeper_;  // the first one may be waiting for an answer when an outage is to be told
};

}  // namespace hanjari::storage
