// Asks the database all the time whether it answers, so that nobody else has to find out by waiting.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "database/connection_pool.h"
#include "hanjari/base/error.h"

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

 private:
  using Moment = std::chrono::steady_clock::time_point;
  void run();
  void ask();
  void tell(const std::optional<Unavailable>& outage, const std::optional<Unavailable>& other);

  ConnectionPool::Open open_;
  std::function<void()> check_keys_;
  ConnectionPool& pool_;
  std::unique_ptr<Connection> connection_;
  Moment keys_checked_at_{};
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::optional<Moment> asked_at_;      // a question that is not answered yet
  std::optional<Unavailable> outage_;   // nothing works
  std::optional<Unavailable> trouble_;  // reading works, but something is wrong: read-only, keys
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace hanjari::storage
