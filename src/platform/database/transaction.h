// Transactions in the words of SQL, tried again where trying again is right.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <type_traits>

#include "database/connection_pool.h"
#include "database/driver_error.h"
#include "hanjari/base/error.h"

namespace hanjari::storage {

// BEGIN when made, ROLLBACK at the end unless commit() was called. The connector's own commit() and rollback() swallow
// errors: with the link cut before, they return as if all were well. The words executed as statements throw.
class Transaction {
 public:
  explicit Transaction(Connection& connection);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  // Throws DriverError; if that is of kind `lost`, whether the work is in the database is unknown.
  void commit();

 private:
  Connection& connection_;
  bool open_ = true;
};

struct RetryPolicy {
  std::chrono::milliseconds limit{30'000};
  std::chrono::milliseconds first_pause{20};
  // Work during which the server was silent for so long is not done again: people wait, and the next silence would be as long.
  // Zero: it is.
  std::chrono::milliseconds longest_silence{0};
};

// Which time the work is done; from 2 on an earlier commit may have gone through unheard.
struct Attempt {
  int number = 1;
};

// Waits before the next try, longer each time and by chance a little more or less; false when the limit is over.
class Retries {
 public:
  explicit Retries(const RetryPolicy& policy);
  bool wait(int attempt);

 private:
  RetryPolicy policy_;
  std::chrono::steady_clock::time_point until_;
};

namespace detail {

template <class Work>
auto with_retries(ConnectionPool& pool, const RetryPolicy& policy, Work work) {
  Retries retries(policy);
  std::optional<ConnectionPool::Lease> lease;
  for (int attempt = 1;; ++attempt) {
    auto began = std::chrono::steady_clock::now();
    try {
      if (!lease) lease.emplace(pool.lease());
      began = std::chrono::steady_clock::now();
      return work(**lease, Attempt{attempt});
    } catch (const DriverError& error) {
      const bool lost = error.kind() == DriverError::Kind::lost;
      if (lost && lease) {
        lease->discard();
        lease.reset();
      }
      const bool silent = lost && policy.longest_silence > std::chrono::milliseconds(0) &&
                          std::chrono::steady_clock::now() - began >= policy.longest_silence;
      if (silent || (!lost && error.kind() != DriverError::Kind::busy) || !retries.wait(attempt)) pool.fail(error);
    }
  }
}

}  // namespace detail

// Runs work(connection, attempt) in a transaction and commits. The whole work is done again after a deadlock, a lock
// wait or a lost connection; a commit whose outcome is unknown is one of these, so the work must recognise what it had
// already done (by its UNIQUE keys). Throws the program's errors.
template <class Work>
auto in_transaction(ConnectionPool& pool, const RetryPolicy& policy, Work work) {
  return detail::with_retries(pool, policy, [&](Connection& connection, Attempt attempt) {
    Transaction transaction(connection);
    if constexpr (std::is_void_v<decltype(work(connection, attempt))>) {
      work(connection, attempt);
      transaction.commit();
    } else {
      auto result = work(connection, attempt);
      transaction.commit();
      return result;
    }
  });
}

// Runs work(connection), which only reads, with the same retries.
template <class Work>
auto in_reading(ConnectionPool& pool, const RetryPolicy& policy, Work work) {
  return detail::with_retries(pool, policy, [&](Connection& connection, Attempt) { return work(connection); });
}

// Does `work` inside a transaction that is open and takes its rows back, so that what would be refused is known without a
// second reading of the rules. Whatever it throws leaves as it is; the locks stay until the transaction ends.
void try_out(Connection& connection, const std::function<void()>& work);

}  // namespace hanjari::storage
