// Sealed values of rows that are listed with others: one that does not open leaves the others as they are.
#pragma once

#include <string>
#include <string_view>

#include "database/legible.h"
#include "vault/field_cipher.h"

namespace hanjari::storage {

// `instead` when the value was changed or moved or its key does not open, and nothing when its key was destroyed. For what
// is shown beside other rows and entered anew where it is lost; who asks for the secret of one person is told instead.
inline std::string open_listed(const FieldCipher& cipher, const FieldPlace& place, std::string_view sealed,
                               std::string_view instead = {}) {
  std::string value;
  const Legible legible = read_legibly([&] { value = cipher.open(place, sealed); });
  if (legible == Legible::damaged) value = instead;
  return value;
}

}  // namespace hanjari::storage
