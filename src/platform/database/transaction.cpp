#include "database/transaction.h"

#include <algorithm>
#include <thread>

#include <sodium.h>

namespace hanjari::storage {

Transaction::Transaction(Connection& connection) : connection_(connection) {
  connection_.execute("BEGIN");
}

Transaction::~Transaction() {
  if (!open_) return;
  try {
    connection_.execute("ROLLBACK");
  } catch (const DriverError&) {
    // The link is gone, and with it the transaction; the next use of the connection says so.
  }
}

void Transaction::commit() {
  connection_.execute("COMMIT");
  open_ = false;
}

Retries::Retries(const RetryPolicy& policy)
    : policy_(policy), until_(std::chrono::steady_clock::now() + policy.limit) {}

bool Retries::wait(int attempt) {
  const auto longest = std::min(policy_.first_pause * (1 << std::min(attempt, 6)), std::chrono::milliseconds(1000));
  const auto half = static_cast<std::uint32_t>(longest.count() / 2);
  const auto pause = longest / 2 + std::chrono::milliseconds(randombytes_uniform(half + 1));
  if (std::chrono::steady_clock::now() + pause > until_) return false;
  std::this_thread::sleep_for(pause);
  return true;
}

void try_out(Connection& connection, const std::function<void()>& work) {
  connection.execute("SAVEPOINT tried_out");
  work();
  connection.execute("ROLLBACK TO SAVEPOINT tried_out");
}

}  // namespace hanjari::storage
