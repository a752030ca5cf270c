#include "database/sql_time.h"

#include <fmt/format.h>

#include "hanjari/base/date.h"

namespace hanjari::storage {

std::string sql_time(Instant instant) {
  using namespace std::chrono;
  const auto since = duration_cast<microseconds>(instant.time_since_epoch());
  const auto day = floor<days>(since);
  const auto rest = since - day;
  const auto micro = rest.count();
  return fmt::format("{} {:02}:{:02}:{:02}.{:06}", format_date(Date{static_cast<std::int32_t>(day.count())}),
                     micro / 3'600'000'000, micro / 60'000'000 % 60, micro / 1'000'000 % 60, micro % 1'000'000);
}

}  // namespace hanjari::storage
