// Instants in columns of type DATETIME(6), in UTC.
#pragma once

#include <cstdint>
#include <string>

#include "hanjari/base/clock.h"

namespace hanjari::storage {

// 2021-06-05 01:00:00.000000
std::string sql_time(Instant instant);

// The microseconds since 1970 that TIMESTAMPDIFF(MICROSECOND, '1970-01-01', column) gives.
inline Instant from_microseconds(std::int64_t microseconds) {
  return Instant(std::chrono::duration_cast<Instant::duration>(std::chrono::microseconds(microseconds)));
}

}  // namespace hanjari::storage
