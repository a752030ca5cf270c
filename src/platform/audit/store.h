// What every repository works with.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "database/transaction.h"
#include "hanjari/actor/audit.h"
#include "vault/field_cipher.h"
#include "vault/office_key.h"

namespace hanjari::storage {

struct Store {
  ConnectionPool& pool;
  const FieldCipher& cipher;
  RetryPolicy retry;
  std::string author;  // of changes that name none
  const OfficeKey* office = nullptr;  // none for work on keys, which opens no more than the exam's own seal

  // As those of the cipher, for what only the office reads.
  std::string seal_for_office(const FieldPlace& place, std::string_view value) const { return office->seal(cipher, place, value); }
  std::string open_of_office(const FieldPlace& place, std::string_view sealed) const { return office->open(cipher, place, sealed); }
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
