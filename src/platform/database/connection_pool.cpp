#include "database/connection_pool.h"

#include <chrono>
#include <utility>

#include "hanjari/base/error.h"
#include "hanjari/base/store_errors.h"

namespace hanjari::storage {
namespace {

constexpr std::chrono::seconds longest_wait{5};
// A part of the threads that answer requests, so that the others go on with what needs no database.
constexpr std::size_t most_hoping = 12;

}  // namespace

ConnectionPool::Lease::~Lease() {
  if (pool_ != nullptr) pool_->give_back(std::move(connection_));
}

ConnectionPool::Lease ConnectionPool::lease() {
  {
    std::unique_lock lock(mutex_);
    if (outage_ && hoping_ < most_hoping) {
      ++hoping_;
      free_.wait_for(lock, longest_wait, [&] { return !outage_; });
      --hoping_;
    }
    if (outage_) std::rethrow_exception(outage_);
    const bool free = free_.wait_for(lock, longest_wait, [&] { return leased_ < limit_ || outage_ != nullptr; });
    if (outage_) std::rethrow_exception(outage_);
    if (!free) {
      throw DatabaseUnavailable("database_busy", {"all database connections are in use; please try again",
                                                  "데이터베이스 연결이 모두 사용 중입니다. 잠시 후 다시 시도하십시오"});
    }
    ++leased_;
    if (!idle_.empty()) {
      Lease lease(*this, std::move(idle_.back()));
      idle_.pop_back();
      return lease;
    }
  }
  try {
    return Lease(*this, open_());
  } catch (...) {
    give_back(nullptr);
    throw;
  }
}

void ConnectionPool::begin_outage(std::exception_ptr why) {
  const std::lock_guard lock(mutex_);
  outage_ = std::move(why);
  free_.notify_all();
}

void ConnectionPool::end_outage() {
  const std::lock_guard lock(mutex_);
  if (!outage_) return;
  outage_ = nullptr;
  // What stood open before may be dead: it is opened anew.
  idle_.clear();
  free_.notify_all();
}

void ConnectionPool::give_back(std::unique_ptr<Connection> connection) {
  const std::lock_guard lock(mutex_);
  --leased_;
  if (connection) idle_.push_back(std::move(connection));
  free_.notify_one();
}

}  // namespace hanjari::storage
