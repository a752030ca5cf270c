// Instants in columns of type DATETIME(6), in UTC.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>

#include "hanjari/base/clock.h"

namespace hanjari::storage {

// 2021-06-05 01:00:00.000000
std::string sql_time(Instant instant);

// The microseconds since 1970 that TIMESTAMPDIFF(MICROSECOND, '1970-01-01', column) gives. An instant counts nanoseconds, which end in
// the years 1677 and 2262: what somebody wrote into an address beyond them is the last that there is.
inline Instant from_microseconds(std::int64_t microseconds) {
  constexpr std::int64_t last = 9'223'372'036'854'775;
  microseconds = std::clamp(microseconds, -last, last);
  return Instant(std::chrono::duration_cast<Instant::duration>(std::chrono::microseconds(microseconds)));
}

}  // namespace hanjari::storage
