// Reading what a row keeps sealed, beside a database that may be lost meanwhile.
#pragma once

#include <optional>

#include "database/driver_error.h"
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

}  // namespace hanjari::storage
