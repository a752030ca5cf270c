// Calendar days.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hanjari {

// A day of the proleptic Gregorian calendar, years 1 to 9999.
struct Date {
  std::int32_t days = 0;  // since 1970-01-01

  auto operator<=>(const Date&) const = default;
};

// Reads YYYY-MM-DD; nothing if the text has another form or names no day (2021-02-29).
std::optional<Date> parse_date(std::string_view text);

// Writes YYYY-MM-DD.
std::string format_date(Date date);

struct CalendarDay {
  int year, month, day;
};
CalendarDay calendar_day(Date date);

}  // namespace hanjari
