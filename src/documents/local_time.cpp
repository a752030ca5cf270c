#include "documents/local_time.h"

#include <memory>

#include <fmt/format.h>
#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include "hanjari/base/date.h"

namespace hanjari::documents {

std::string format_local_time(Instant instant, const std::string& time_zone) {
  using namespace std::chrono;
  const std::int64_t utc = duration_cast<seconds>(instant.time_since_epoch()).count();
  const std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(time_zone)));
  std::int32_t raw = 0;
  std::int32_t summer = 0;
  UErrorCode error = U_ZERO_ERROR;
  const bool known = zone != nullptr && *zone != icu::TimeZone::getUnknown();
  if (known) zone->getOffset(static_cast<UDate>(utc) * 1000, 0, raw, summer, error);
  const std::int64_t local = utc + (known && U_SUCCESS(error) != 0 ? (raw + summer) / 1000 : 0);
  constexpr std::int64_t day = 24 * 60 * 60;
  const std::int64_t days = local >= 0 ? local / day : -((-local + day - 1) / day);
  const std::int64_t minute = (local - days * day) / 60;
  return fmt::format("{} {:02}:{:02}{}", format_date(Date{static_cast<std::int32_t>(days)}), minute / 60, minute % 60,
                     known ? "" : " UTC");
}

std::string format_clock_time(int minutes) {
  return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

}  // namespace hanjari::documents
