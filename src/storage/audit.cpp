#include "storage/sql_time.h"
#include "storage/store.h"

namespace hanjari::storage {

void write_audit(Connection& connection, const services::Change& change, const std::string& action,
                 const std::string& subject, const std::string& detail) {
  connection.change("INSERT INTO audit_entries (at, author, action, subject, reason, detail) VALUES (?, ?, ?, ?, ?, ?)",
                    sql_time(change.at), change.author, action, subject, change.reason, detail);
}

}  // namespace hanjari::storage
