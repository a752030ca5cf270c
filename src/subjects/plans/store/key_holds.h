// Keys that stay while values sealed with them are being written.
#pragma once

#include "database/connection.h"
#include "hanjari/domain/exam.h"
#include "vault/field_cipher.h"

namespace hanjari::storage {

// A rotation that runs meanwhile waits with the deletion of the exam's newest key until everything that it sealed is
// committed.
void hold_newest_key(Connection& connection, const FieldCipher& cipher, const ExamCode& code);

// The same for all keys of the exam: for values that are copied as they are. One that is gone by now seals nothing any
// more.
void hold_all_keys(Connection& connection, const ExamCode& code);

}  // namespace hanjari::storage
