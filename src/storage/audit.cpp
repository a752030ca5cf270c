#include "storage/sql_time.h"
#include "storage/store.h"

namespace hanjari::storage {

void write_audits(Connection& connection, const Store&, const std::vector<AuditLine>& lines) {
  for (const AuditLine& line : lines) {
    connection.change(
        "INSERT INTO audit_entries (at, author, action, subject, reason, detail) VALUES (?, ?, ?, ?, ?, ?)",
        sql_time(line.change.at), line.change.author, line.note.action, line.note.subject, line.change.reason,
        line.note.detail);
  }
}

}  // namespace hanjari::storage
