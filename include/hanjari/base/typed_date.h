// Dates as people and spreadsheets write them: one reading for tables, JSON and forms.
#pragma once

#include <optional>
#include <string_view>

#include "hanjari/base/date.h"

namespace hanjari {

// A date that begins with its year of four digits, whatever stands between the numbers: 1999/1/2, 1999. 1. 2.,
// 19990102, 1999년 1월 2일, or with the midnight or the day of the week that spreadsheets add. Digits and signs of every
// width. Nothing for anything else, such as a sign before the year.
std::optional<Date> parse_typed_date(std::string_view typed);

// The day that a spreadsheet keeps as this number: days since 1899-12-30, which since 1927 have five digits. A part of a
// day may stand behind a full stop.
std::optional<Date> day_of_serial_number(std::string_view typed);

// The minute after midnight that a spreadsheet keeps as this part of a day: 0.4166667 is 600, also behind the number of
// a day. Nothing for a number that is no whole minute.
std::optional<int> minute_of_day_part(std::string_view typed);

}  // namespace hanjari
