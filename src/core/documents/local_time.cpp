#include "documents/local_time.h"

#include <fmt/format.h>

#include "hanjari/base/local_time.h"

namespace hanjari::documents {

std::string format_local_time(Instant instant, const std::string& time_zone) {
  const LocalTime local = local_time(instant, time_zone);
  return fmt::format("{} {}{}", format_date(local.day), format_clock_time(local.minute), local.known ? "" : " UTC");
}

std::string format_clock_time(int minutes) {
  return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

}  // namespace hanjari::documents
