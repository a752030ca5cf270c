// Searching the audit trail: every search is led by one index that has its entries in the order of their numbers, so that
// it reads about as much as it shows, however large the table is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "audit/audit_chain.h"
#include "database/connection.h"
#include "hanjari/actor/audit.h"

namespace hanjari::storage {

// The columns of an entry, of a table named `e`, in the order in which read_row() takes them.
constexpr const char* audit_row_columns =
    "e.audit_id, e.lane, e.place, CAST(e.at AS CHAR), e.author, e.role, e.request, e.action, e.subject, e.reason, "
    "e.detail, e.content_sealed, e.previous_hash, e.entry_hash, e.people_hash";

struct ReadRow {
  std::int64_t number = 0;
  AuditRow row;
  std::string previous;
  std::string digest;
};
ReadRow read_row(Rows& rows);

// Newest first, at most `limit`. `person_hash`: empty, or the blind index of the person whose data was read.
std::vector<ReadRow> search_entries(Connection& connection, const services::AuditFilter& filter,
                                    const std::string& person_hash, std::size_t limit);

}  // namespace hanjari::storage
