#include "hanjari/base/written_day.h"

#include <array>

#include <fmt/format.h>

namespace hanjari {

Text write_plain_day(Date day) {
  constexpr std::array months{"January", "February", "March",     "April",   "May",      "June",
                              "July",    "August",   "September", "October", "November", "December"};
  const CalendarDay parts = calendar_day(day);
  return {fmt::format("{} {} {}", parts.day, months.at(static_cast<std::size_t>(parts.month - 1)), parts.year),
          fmt::format("{}년 {}월 {}일", parts.year, parts.month, parts.day)};
}

}  // namespace hanjari
