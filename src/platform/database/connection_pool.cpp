#include "database/connection_pool.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "hanjari/base/error.h"
#include "hanjari/base/store_errors.h"

namespace hanjari::storage {
namespace {

constexpr std::chrono::seconds longest_wait{5};
// A part of the threads that answer requests, so that the others go on with what needs no database.
constexpr std::size_t most_hoping = 12;
// Nothing moves: whoever has a connection waits for the database himself.
constexpr std::chrono::seconds longest_still{2};
// So long after a refusal no other connection is tried.
constexpr std::chrono::milliseconds between_refusals{500};
constexpr std::chrono::seconds full_for{3};

[[noreturn]] void throw_all_in_use() {
  throw DatabaseUnavailable("database_busy", {"all database connections are in use; please try again",
                                              "데이터베이스 연결이 모두 사용 중입니다. 잠시 후 다시 시도하십시오"});
}

}  // namespace

ConnectionPool::Lease::~Lease() {
  if (pool_ != nullptr) pool_->give_back(std::move(connection_));
}

ConnectionPool::Lease ConnectionPool::lease() {
  std::optional<Moment> until;
  while (true) {
    {
      Lock lock(mutex_);
      await_return(lock);
      if (!until) until = std::chrono::steady_clock::now() + longest_wait;
      if (!await_free(lock, *until)) continue;
      ++leased_;
      moved_at_ = std::chrono::steady_clock::now();
      if (!idle_.empty()) {
        Lease lease(*this, std::move(idle_.back()));
        idle_.pop_back();
        return lease;
      }
      ++opening_;
    }
    if (auto opened = open_or_go_without()) return Lease(*this, std::move(opened));
  }
}

// A part of the callers hopes for the end of an outage; the others are told at once.
void ConnectionPool::await_return(Lock& lock) {
  const auto why = [this]() -> std::exception_ptr {
    if (outage_) return outage_;
    return is_refused_at(std::chrono::steady_clock::now()) ? refused_ : nullptr;
  };
  if (why() && hoping_ < most_hoping) {
    ++hoping_;
    const auto until = std::chrono::steady_clock::now() + longest_wait;
    while (why() && std::chrono::steady_clock::now() < until)
      free_.wait_until(lock, outage_ ? until : std::min(until, standing_until_));
    --hoping_;
  }
  if (const std::exception_ptr told = why()) std::rethrow_exception(told);
}

bool ConnectionPool::is_free_at(Moment now) const {
  return leased_ < (now < standing_until_ ? std::min(limit_, standing_) : limit_);
}

bool ConnectionPool::is_refused_at(Moment now) const {
  return refused_ != nullptr && now < standing_until_;
}

// False when the server began to refuse connections meanwhile.
bool ConnectionPool::await_free(Lock& lock, Moment until) {
  auto now = std::chrono::steady_clock::now();
  if (is_free_at(now)) return true;
  const bool still = now - moved_at_ > longest_still && waiting_ >= most_hoping;
  ++waiting_;
  while (!still && !outage_ && !is_free_at(now) && !is_refused_at(now) && now < until) {
    free_.wait_until(lock, now < standing_until_ ? std::min(until, standing_until_) : until);
    now = std::chrono::steady_clock::now();
  }
  --waiting_;
  if (outage_) std::rethrow_exception(outage_);
  if (is_free_at(now)) return true;
  if (is_refused_at(now)) return false;
  throw_all_in_use();
}

// A new connection; null when the server takes no more of them and one that stands is to be waited for.
std::unique_ptr<Connection> ConnectionPool::open_or_go_without() {
  try {
    auto opened = open_();
    const Lock lock(mutex_);
    --opening_;
    return opened;
  } catch (const DriverError& error) {
    const bool fewer = settle_for_fewer(error);
    give_back(nullptr);
    if (fewer) return nullptr;
    throw;
  } catch (...) {
    {
      const Lock lock(mutex_);
      --opening_;
    }
    give_back(nullptr);
    throw;
  }
}

// Of one whose opening failed.
bool ConnectionPool::settle_for_fewer(const DriverError& refusal) {
  const Lock lock(mutex_);
  const std::size_t in_use = leased_ - opening_;
  --opening_;
  if (!refusal.refuses_connections()) return false;
  standing_ = in_use + idle_.size();
  standing_until_ = std::chrono::steady_clock::now() + between_refusals;
  refused_ = nullptr;
  if (standing_ > 0) return true;
  try {
    throw_translated(refusal);
  } catch (...) {
    refused_ = std::current_exception();
  }
  free_.notify_all();
  return false;
}

void ConnectionPool::refuse_during_outage() const {
  const Lock lock(mutex_);
  if (outage_) std::rethrow_exception(outage_);
}

void ConnectionPool::fail(const DriverError& error) {
  try {
    throw_translated(error);
  } catch (...) {
    if (error.kind() == DriverError::Kind::full) {
      const Lock lock(mutex_);
      full_ = std::current_exception();
      full_until_ = std::chrono::steady_clock::now() + full_for;
    }
    throw;
  }
}

void ConnectionPool::check_writing() const {
  const Lock lock(mutex_);
  const auto now = std::chrono::steady_clock::now();
  if (full_ && now < full_until_) std::rethrow_exception(full_);
  // Tables that somebody else has locked answer nobody who writes, while the smallest question is answered.
  if (waiting_ > 0 && leased_ >= limit_ && now - moved_at_ > longest_still) throw_all_in_use();
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
  moved_at_ = std::chrono::steady_clock::now();
  if (connection) idle_.push_back(std::move(connection));
  free_.notify_one();
}

}  // namespace hanjari::storage
