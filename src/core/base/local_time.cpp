#include "hanjari/base/local_time.h"

#include <cstdint>
#include <cstdlib>
#include <memory>

#include <fmt/format.h>
#include <unicode/timezone.h>
#include <unicode/unistr.h>

namespace hanjari {

bool is_time_zone(const std::string& name) {
  if (name != "UTC" && name.find('/') == std::string::npos) return false;
  const icu::UnicodeString id = icu::UnicodeString::fromUTF8(name);
  icu::UnicodeString canonical;
  UBool is_system = 0;
  UErrorCode error = U_ZERO_ERROR;
  icu::TimeZone::getCanonicalID(id, canonical, is_system, error);
  return U_SUCCESS(error) != 0 && is_system != 0;
}

LocalTime local_time(Instant instant, const std::string& time_zone) {
  using namespace std::chrono;
  const std::int64_t utc = floor<seconds>(instant).time_since_epoch().count();
  const std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(time_zone)));
  std::int32_t raw = 0;
  std::int32_t summer = 0;
  UErrorCode error = U_ZERO_ERROR;
  const bool known = zone != nullptr && *zone != icu::TimeZone::getUnknown();
  if (known) zone->getOffset(static_cast<UDate>(utc) * 1000, 0, raw, summer, error);
  const std::int64_t local = utc + (known && U_SUCCESS(error) != 0 ? (raw + summer) / 1000 : 0);
  constexpr std::int64_t day = 24 * 60 * 60;
  const std::int64_t days = local >= 0 ? local / day : -((-local + day - 1) / day);
  return {Date{static_cast<std::int32_t>(days)}, static_cast<int>((local - days * day) / 60), known};
}

std::string format_local(Instant instant, const std::string& time_zone) {
  using namespace std::chrono;
  const auto utc = floor<seconds>(instant);
  const LocalTime local = local_time(instant, time_zone);
  const auto shown = days(local.day.days) + minutes(local.minute);
  const std::int64_t off = (shown - floor<minutes>(utc.time_since_epoch())) / minutes(1);
  const std::int64_t second = utc.time_since_epoch() % minutes(1) / seconds(1);
  return fmt::format("{}T{:02}:{:02}:{:02}{}{:02}:{:02}", format_date(local.day), local.minute / 60, local.minute % 60,
                     second < 0 ? second + 60 : second, off < 0 ? '-' : '+', std::abs(off) / 60, std::abs(off) % 60);
}

std::string machine_time_zone() {
  const std::unique_ptr<icu::TimeZone> zone(icu::TimeZone::detectHostTimeZone());
  if (zone == nullptr || *zone == icu::TimeZone::getUnknown()) return "UTC";
  icu::UnicodeString id;
  std::string name;
  zone->getID(id).toUTF8String(name);
  return is_time_zone(name) ? name : "UTC";
}

Instant instant_of(Date day, int minute, const std::string& time_zone) {
  using namespace std::chrono;
  const Instant shown{days(day.days) + minutes(minute)};
  const auto off = [&](Instant instant) {
    const LocalTime local = local_time(instant, time_zone);
    return days(local.day.days) + minutes(local.minute) - floor<minutes>(instant.time_since_epoch());
  };
  // The offset of a moment near by may be another than that of the one looked for: once more from there.
  const Instant near = shown - off(shown);
  return shown - off(near);
}

}  // namespace hanjari
