#include "cli/moments.h"

#include <fmt/format.h>

#include "hanjari/base/local_time.h"

namespace hanjari::cli {

Text tell_moment(Instant at, const std::string& time_zone) {
  const std::string zone = time_zone.empty() ? machine_time_zone() : time_zone;
  const LocalTime local = local_time(at, zone);
  const std::string shown = format_date(local.day) + " " + format_time_of_day(local.minute);
  const Text name = local.known ? name_time_zone(at, zone) : Text{"UTC", "UTC"};
  return {fmt::format("{} {}", shown, name.en), fmt::format("{}({})", shown, name.ko)};
}

}  // namespace hanjari::cli
