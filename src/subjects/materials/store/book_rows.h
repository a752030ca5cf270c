// The row that everything of one ledger hangs on.
#pragma once

#include "audit/store.h"
#include "hanjari/materials/materials.h"

namespace hanjari::storage {

// Holds the row of the book to the end of the transaction, so that numbers follow one another. The real one is made where it is
// not there. Throws Conflict (exam_destroyed; no_dry_run).
void hold_book(Connection& connection, const Store& store, const services::Book& book, const std::string& author, Instant at);
// Every row of the book but itself.
void delete_rows_of_book(Connection& connection, const services::Book& book);
// Of a dry run nothing stands in the audit trail.
void audit_book(Connection& connection, const Store& store, const services::Book& book, const services::Change& change,
                const services::AuditNote& note);

}  // namespace hanjari::storage
