// What a version keeps of people: sealed records and parts.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "audit/store.h"
#include "hanjari/publications/publications.h"

namespace hanjari::storage {

void insert_sealed_result(Connection& connection, const FieldCipher& cipher, const services::Publication& publication,
                          const services::SealedResult& result);
std::optional<services::SealedResult> read_sealed_result(Connection& connection, const FieldCipher& cipher,
                                                         const services::Publication& publication,
                                                         const std::string& number);
void insert_publication_part(Connection& connection, const FieldCipher& cipher,
                             const services::Publication& publication, const std::string& name,
                             std::string_view content);
// Throws NotFound (results_destroyed).
std::string read_publication_part(Connection& connection, const FieldCipher& cipher,
                                  const services::Publication& publication, const std::string& name);

}  // namespace hanjari::storage
