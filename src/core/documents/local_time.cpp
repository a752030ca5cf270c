#include "documents/local_time.h"

#include <fmt/format.h>

#include "hanjari/base/local_time.h"
#include "hanjari/base/written_day.h"

namespace hanjari::documents {

std::string format_local_time(Instant instant, const std::string& time_zone, Language language) {
  const LocalTime local = local_time(instant, time_zone);
  return fmt::format("{} {} ({})", write_plain_day(local.day).in(language), format_time_of_day(local.minute),
                     name_time_zone(instant, time_zone).in(language));
}

std::string format_clock_time(int minutes) {
  return format_time_of_day(minutes);
}

}  // namespace hanjari::documents
