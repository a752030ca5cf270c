// The birth date as people type it.
#pragma once

#include <optional>
#include <string_view>

#include "hanjari/base/date.h"

namespace hanjari::web {

// Takes 19970305, 1997-03-05, 1997.3.5, 1997/03/05, 1997 3 5, 1997년 3월 5일 and 970305, also in full-width digits.
// A year of two digits is the latest that makes the person at least 14 years old. Nothing for anything else, for days
// that do not exist, and for days after `today` or before 1900.
std::optional<Date> read_birth_date(std::string_view typed, Date today);

}  // namespace hanjari::web
