// What a version keeps of people: sealed records and parts.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/store.h"
#include "hanjari/publications/publications.h"

namespace hanjari::storage {

// Many in a statement. None of them may be there.
void insert_sealed_results(Connection& connection, const FieldCipher& cipher, const services::Publication& publication,
                           const std::vector<const services::SealedResult*>& results);
std::optional<services::SealedResult> read_sealed_result(Connection& connection, const FieldCipher& cipher,
                                                         const services::Publication& publication,
                                                         const std::string& number);
// Of these numbers, in any order.
std::vector<services::SealedResult> read_sealed_results(Connection& connection, const FieldCipher& cipher,
                                                        const services::Publication& publication,
                                                        const std::vector<std::string>& numbers);
// By the names of their rows.
void sort_by_record_id(const FieldCipher& cipher, const services::Publication& publication,
                       std::vector<std::string>& numbers);
void insert_publication_part(Connection& connection, const Store& store,
                             const services::Publication& publication, const std::string& name,
                             std::string_view content);
// Throws NotFound (results_destroyed).
std::string read_publication_part(Connection& connection, const Store& store,
                                  const services::Publication& publication, const std::string& name);

}  // namespace hanjari::storage
