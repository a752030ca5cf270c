#include "hanjari/base/written_day.h"

#include <array>

#include <fmt/format.h>

#include "hanjari/base/local_time.h"

namespace hanjari {

Text write_plain_day(Date day) {
  constexpr std::array months{"January", "February", "March",     "April",   "May",      "June",
                              "July",    "August",   "September", "October", "November", "December"};
  const CalendarDay parts = calendar_day(day);
  return {fmt::format("{} {} {}", parts.day, months.at(static_cast<std::size_t>(parts.month - 1)), parts.year),
          fmt::format("{}년 {}월 {}일", parts.year, parts.month, parts.day)};
}

namespace {

Text write_plain_local(const LocalTime& there, Instant at, const std::string& time_zone) {
  const Text day = write_plain_day(there.day);
  const Text clock = name_time_zone(at, time_zone);
  const std::string time = format_time_of_day(there.minute);
  return {fmt::format("{} {} ({})", day.en, time, clock.en), fmt::format("{} {} ({})", day.ko, time, clock.ko)};
}

}  // namespace

Text write_plain_moment(Instant at, const std::string& time_zone) {
  return write_plain_local(local_time(at, time_zone), at, time_zone);
}

Text write_plain_deadline(Instant at, const std::string& time_zone) {
  return write_plain_local(local_deadline(at, time_zone), at, time_zone);
}

}  // namespace hanjari
