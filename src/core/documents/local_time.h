// Time of day where the exam is held.
#pragma once

#include <string>

#include "hanjari/base/clock.h"
#include "hanjari/base/text.h"

namespace hanjari::documents {

// 1 June 2021 14:03 (KST), 2021년 6월 1일 14:03 (한국시간): in the IANA time zone; in UTC when the zone is unknown.
std::string format_local_time(Instant instant, const std::string& time_zone, Language language);

// Minutes after midnight as 14:03; past midnight the hours go on (24:10).
std::string format_clock_time(int minutes);

}  // namespace hanjari::documents
