// Days and moments as sentences say them. Pages that want the day of the week write it themselves.
#pragma once

#include <string>

#include "hanjari/base/clock.h"
#include "hanjari/base/date.h"
#include "hanjari/base/text.h"

namespace hanjari {

// 2027년 1월 1일 / 1 January 2027.
Text write_plain_day(Date day);
// 2027년 1월 1일 14:03 (한국시간) / 1 January 2027 14:03 (KST): by the clock of an IANA time zone, in UTC when it is unknown.
Text write_plain_moment(Instant at, const std::string& time_zone);
// The same of a moment until which something is awaited (local_deadline): 2027년 1월 1일 24:00 (한국시간).
Text write_plain_deadline(Instant at, const std::string& time_zone);

}  // namespace hanjari
