#include "database/connection_pool.h"

#include <chrono>
#include <utility>

#include "hanjari/base/error.h"

namespace hanjari::storage {

ConnectionPool::Lease::~Lease() {
  if (pool_ != nullptr) pool_->give_back(std::move(connection_));
}

ConnectionPool::Lease ConnectionPool::lease() {
  {
    std::unique_lock lock(mutex_);
    if (!free_.wait_for(lock, std::chrono::seconds(5), [&] { return leased_ < limit_; })) {
      throw Unavailable("database_busy", {"all database connections are in use; please try again",
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

void ConnectionPool::give_back(std::unique_ptr<Connection> connection) {
  const std::lock_guard lock(mutex_);
  --leased_;
  if (connection) idle_.push_back(std::move(connection));
  free_.notify_one();
}

}  // namespace hanjari::storage
