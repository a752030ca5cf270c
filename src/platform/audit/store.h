// What every repository works with.
#pragma once

#include <string>
#include <vector>

#include "database/transaction.h"
#include "hanjari/actor/audit.h"
#include "vault/field_cipher.h"

namespace hanjari::storage {

struct Store {
  ConnectionPool& pool;
  const FieldCipher& cipher;
  RetryPolicy retry;
  std::string author;  // of changes that name none
};

// What one change leaves in the audit trail.
struct AuditLine {
  services::Change change;
  services::AuditNote note;
};

// Entries of the audit trail, in the transaction of the changes they tell of and after them: from the first entry to
// the commit nobody else may add to the same chain. Many at once cost little more than one.
void write_audits(Connection& connection, const Store& store, const std::vector<AuditLine>& lines);
inline void write_audit(Connection& connection, const Store& store, const services::Change& change,
                        const services::AuditNote& note) {
  write_audits(connection, store, {{change, note}});
}

}  // namespace hanjari::storage
