// Reading what a row keeps sealed, beside a database that may be lost meanwhile.
#pragma once

#include <optional>
#include <string>

#include "database/driver_error.h"
#include "hanjari/base/store_errors.h"
#include "hanjari/domain/legible.h"

namespace hanjari::storage {

// As services::read_legibly; what the driver says goes on as it is, for who tries again.
template <class Open>
Legible read_legibly(Open open) {
  std::optional<DriverError> lost;
  const Legible legible = services::read_legibly([&] {
    try {
      open();
    } catch (const DriverError& error) {
      lost = error;
    }
  });
  if (lost) throw DriverError(*lost);
  return legible;
}

using services::require_legible;

// A word of a column that knows only some of them. A row with any other one was changed behind the table's constraints: it
// concerns its owner.
template <class Value>
Value known_word(const std::optional<Value>& value, const char* column) {
  if (value) return *value;
  throw PersonalDataDamaged({std::string("a row has a word in column ") + column + " that it never had: it was changed",
                             std::string(column) + " 열에 없던 값이 있습니다. 행이 바뀌었습니다"});
}

}  // namespace hanjari::storage
