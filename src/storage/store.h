// What every repository works with.
#pragma once

#include <string>

#include "hanjari/services/exams.h"
#include "storage/field_cipher.h"
#include "storage/transaction.h"

namespace hanjari::storage {

struct Store {
  ConnectionPool& pool;
  const FieldCipher& cipher;
  RetryPolicy retry;
  std::string author;  // of changes that name none
};

// One row of the audit trail, in the transaction of the change.
void write_audit(Connection& connection, const services::Change& change, const std::string& action,
                 const std::string& subject, const std::string& detail);

}  // namespace hanjari::storage
