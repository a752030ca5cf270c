// Time of day where an exam is held.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "hanjari/base/clock.h"
#include "hanjari/base/date.h"
#include "hanjari/base/text.h"

namespace hanjari {

// What a calendar and a clock on the wall show.
struct LocalTime {
  Date day;
  int minute = 0;      // after midnight
  bool known = false;  // false: the zone is unknown, and this is UTC
};

// Whether the IANA database has a zone or link of exactly this name. Abbreviations such as KST, and offsets, are no
// zones: they name no place whose rules can be known.
bool is_time_zone(const std::string& name);

LocalTime local_time(Instant instant, const std::string& time_zone);
// The same of a moment until which something is awaited: midnight is 24:00 of the day that ends with it. Whoever reads "3 December,
// 00:00" takes the third for a day that is left.
LocalTime local_deadline(Instant instant, const std::string& time_zone);

// "2027-03-02T09:00:00+09:00": the moment as a clock there shows it, with its distance from UTC (ISO 8601).
std::string format_local(Instant instant, const std::string& time_zone);

// The zone of this machine, for what belongs to no exam; UTC when it has none.
std::string machine_time_zone();

// The moment at which calendar and clock show this there; of two such moments one. Of days before 1679 and after 2260 it is that of the
// last day that moments reach.
Instant instant_of(Date day, int minute, const std::string& time_zone);

// What readers call the clock of a zone at this moment: "KST", "한국시간"; of a zone without such a name its distance
// from UTC, "UTC-4", "UTC+5:30".
Text name_time_zone(Instant instant, const std::string& time_zone);

// Minutes after midnight of a time of day as people and spreadsheets write it: 9:20, 09:20, 09:20:00, 오전 9:20,
// 9:20 AM. Nothing when it is none.
std::optional<int> parse_time_of_day(std::string_view typed);
// Day and time of day as people and spreadsheets write them together, by whatever clock.
struct TypedMoment {
  Date day;
  int minute = 0;  // after midnight
  int second = 0;
};
// A date of parse_typed_date with a time of day of parse_time_of_day behind it, which may say its second: 2026-12-01 09:20,
// 2026.12.1 오전 9:20:07, 2026년 12월 1일 09시 20분, 2026-12-01T09:20. Nothing for anything else, also for a day alone.
std::optional<TypedMoment> parse_typed_moment(std::string_view typed);
// HH:MM.
std::string format_time_of_day(int minutes);

// "Sat", "토".
Text name_weekday(Date day);

}  // namespace hanjari
