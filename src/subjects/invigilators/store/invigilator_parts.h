// Files about invigilators in sealed portions.
#pragma once

#include <string>

#include "database/connection.h"
#include "hanjari/package/packed_exam.h"
#include "vault/field_cipher.h"

namespace hanjari::storage {

// Who owns what was imported beside the list of people.
inline constexpr const char* owner_of_people = "people";

// In the caller's transaction; what stood there under these names is replaced.
void put_invigilator_files(Connection& connection, const FieldCipher& cipher, const std::string& exam,
                           const std::string& owner, const package::PackedFiles& files);
// Empty where there are none, or their exam was destroyed.
package::PackedFiles read_invigilator_files(Connection& connection, const FieldCipher& cipher, const std::string& exam,
                                            const std::string& owner);

}  // namespace hanjari::storage
