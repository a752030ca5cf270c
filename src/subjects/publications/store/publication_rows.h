// The rows of versions of publications.
#pragma once

#include <vector>

#include "audit/store.h"
#include "hanjari/publications/publications.h"

namespace hanjari::storage {

// Versions of one exam follow one another: whoever changes one of them holds the exam's row. Throws NotFound
// (exam_not_found), Conflict (exam_destroyed).
void hold_exam_of_publications(Connection& connection, const Store& store, const ExamCode& exam);

// Newest first.
std::vector<services::Publication> list_publication_rows(Connection& connection, const ExamCode& exam);
// Whoever changes any of it holds the exam's row.
services::ReleaseBasis read_basis_rows(Connection& connection, const ExamCode& exam);
void insert_publication_row(Connection& connection, const services::Publication& publication);
// Compare-and-set on changes - 1, the digest and the step before; false when the row is another one.
bool update_publication_state(Connection& connection, const services::Publication& before,
                              const services::ReleaseState& next);
// A program begins to seal the version, under the commitment that it names; false when the version is sealed or further.
bool update_begun_publication(Connection& connection, const services::Publication& publication);
// Whether nobody else has begun since; holds the row until the end of the transaction.
bool holds_making_of(Connection& connection, const services::Publication& publication);
// The same for a version that was just sealed, with what the sealing found: by the program that has begun last.
bool update_sealed_publication(Connection& connection, const services::Publication& sealed);
// The same with the key, in one statement.
bool update_released_publication(Connection& connection, const services::Publication& before,
                                 const services::ReleaseState& next, std::string_view key);

}  // namespace hanjari::storage
