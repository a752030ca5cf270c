// Connections kept open between uses; each is used by one thread at a time.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "database/connection.h"
#include "database/driver_error.h"
#include "hanjari/base/error.h"

namespace hanjari::storage {

class ConnectionPool {
 public:
  // Opens a connection; throws DriverError.
  using Open = std::function<std::unique_ptr<Connection>()>;

  ConnectionPool(Open open, std::size_t limit) : open_(std::move(open)), limit_(limit) {}

  // A connection for as long as the lease lives.
  class Lease {
   public:
    Lease(ConnectionPool& pool, std::unique_ptr<Connection> connection)
        : pool_(&pool), connection_(std::move(connection)) {}
    ~Lease();
    Lease(Lease&& other) noexcept : pool_(other.pool_), connection_(std::move(other.connection_)) {
      other.pool_ = nullptr;
    }
    Lease& operator=(Lease&&) = delete;
    Connection& operator*() { return *connection_; }
    // Throws the connection away instead of keeping it for the next use.
    void discard() { connection_.reset(); }

   private:
    ConnectionPool* pool_;
    std::unique_ptr<Connection> connection_;
  };

  // Waits up to five seconds for a free one; throws Unavailable (database_busy) then. During an outage only a few wait
  // that long for its end; the others are told at once what the outage is. So it is when no connection has come back for
  // two seconds: who waits holds a thread that others need. A server that takes no more connections is worked with over
  // those that stand.
  Lease lease();
  // A connection that is not counted, for what is held while the pool's are used: who waited for one of these with one of
  // these in hand could wait for ever. Throws DriverError.
  std::unique_ptr<Connection> open_beside() { return open_(); }

  // What a watcher says: from now on the database does not answer, or does again.
  void begin_outage(std::exception_ptr why);
  void end_outage();

  // Throws what the outage is, if there is one.
  void refuse_during_outage() const;

  // The end of work that failed: throws what throw_translated makes of the error. That the disk is full is remembered for
  // a moment, because nobody can see it by reading.
  [[noreturn]] void fail(const DriverError& error);
  // Throws what somebody met who wrote in the last three seconds, or that somebody waits and no connection has come back for
  // two seconds (database_busy); nothing when nobody was refused.
  void check_writing() const;

 private:
  using Moment = std::chrono::steady_clock::time_point;
  using Lock = std::unique_lock<std::mutex>;
  void give_back(std::unique_ptr<Connection> connection);
  void await_return(Lock& lock);
  bool await_free(Lock& lock, Moment until);
  bool is_refused_at(Moment now) const;
  bool is_free_at(Moment now) const;
  std::unique_ptr<Connection> open_or_go_without();
  bool settle_for_fewer(const DriverError& refusal);

  Open open_;
  std::size_t limit_;
  mutable std::mutex mutex_;
  std::condition_variable free_;
  std::exception_ptr outage_;  // null while the database answers
  std::size_t hoping_ = 0;  // who waits for the end of the outage
  std::vector<std::unique_ptr<Connection>> idle_;
  std::size_t leased_ = 0;
  std::size_t opening_ = 0;  // of the leased ones, those that are not connected yet
  std::size_t waiting_ = 0;  // who waits for a free one
  Moment moved_at_{};        // when one was last taken or given back
  // The server refused one more: until then those that stand are all there are.
  std::size_t standing_ = 0;
  Moment standing_until_{};
  std::exception_ptr refused_;  // not null: none stood when it refused
  std::exception_ptr full_;     // what was told of a disk without room
  Moment full_until_{};
};

}  // namespace hanjari::storage
