// Reading in several statements what changes in its place: all of them see one moment.
#pragma once

#include "database/transaction.h"

namespace hanjari::storage {

// Runs work(connection), which only reads and returns something, with the retries of in_reading.
template <class Work>
auto in_snapshot(ConnectionPool& pool, const RetryPolicy& policy, Work work) {
  return in_reading(pool, policy, [&](Connection& connection) {
    // The server's own setting may be another one. The first SELECT chooses the moment.
    connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
    Transaction transaction(connection);
    auto result = work(connection);
    transaction.commit();
    return result;
  });
}

}  // namespace hanjari::storage
