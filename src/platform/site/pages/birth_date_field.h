// The birth date as people type it.
#pragma once

#include <optional>
#include <string_view>

#include "hanjari/base/date.h"

namespace hanjari::web {

// Takes what parse_typed_date takes (19970305, 1997.3.5, 1997년 3월 5일 수요일), 970305 and 97-3-5.
// A year of two digits is the latest that makes the person at least 14 years old. Nothing for anything else, for days
// that do not exist, and for days after `today` or before 1900.
std::optional<Date> read_birth_date(std::string_view typed, Date today);

}  // namespace hanjari::web
