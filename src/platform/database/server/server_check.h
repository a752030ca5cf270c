// Whether a server keeps what it acknowledges.
#pragma once

#include "database/connection.h"

namespace hanjari::storage {

// Throws Unavailable: unsafe_durability when a commit could be lost by a crash (innodb_flush_log_at_trx_commit other
// than 1; with a binary log, sync_binlog other than 1), wrong_server when it is not MariaDB 10.11 or newer.
void check_server(Connection& connection);

}  // namespace hanjari::storage
