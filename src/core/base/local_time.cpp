#include "hanjari/base/local_time.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <vector>

#include <fmt/format.h>
#include <unicode/timezone.h>
#include <unicode/unistr.h>

#include "hanjari/base/typed_date.h"
#include "hanjari/base/typed_text.h"

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

LocalTime local_deadline(Instant instant, const std::string& time_zone) {
  LocalTime local = local_time(instant, time_zone);
  if (local.minute != 0) return local;
  --local.day.days;
  local.minute = 24 * 60;
  return local;
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
  constexpr std::int32_t last_day = 106'000;  // before and after 1970: an instant counts nanoseconds, which end two years behind it
  const Instant shown{days(std::clamp(day.days, -last_day, last_day)) + minutes(minute)};
  const auto off = [&](Instant instant) {
    const LocalTime local = local_time(instant, time_zone);
    return days(local.day.days) + minutes(local.minute) - floor<minutes>(instant.time_since_epoch());
  };
  // The offset of a moment near by may be another than that of the one looked for: once more from there.
  const Instant near = shown - off(shown);
  return shown - off(near);
}

Text name_time_zone(Instant instant, const std::string& time_zone) {
  using namespace std::chrono;
  if (time_zone == "Asia/Seoul") return {"KST", "한국시간"};
  const LocalTime local = local_time(instant, time_zone);
  const std::int64_t shown = std::int64_t{local.day.days} * 24 * 60 + local.minute;
  const std::int64_t off = shown - floor<minutes>(instant.time_since_epoch()).count();
  std::string name = "UTC";
  if (off != 0) name += fmt::format("{}{}", off < 0 ? '-' : '+', std::abs(off) / 60);
  if (off % 60 != 0) name += fmt::format(":{:02}", std::abs(off) % 60);
  return {name, name};
}

namespace {

// The day that spreadsheets write before a time that belongs to no day.
void drop_day_of_no_date(std::string& text) {
  for (const std::string_view day : {"1899-12-30", "1899-12-31", "1900-01-00"}) {
    if (text.starts_with(day) && text.size() > day.size() && (text[day.size()] == ' ' || text[day.size()] == 'T'))
      text.erase(0, day.size() + 1);
  }
}

// "10시 30분" as "10:30", "10시" as "10:00", "10시 30분 7초" as "10:30:07"; the text has no blanks.
void write_colons(std::string& text) {
  const std::string_view hour = "시";
  const std::string_view minute = "분";
  const std::string_view second = "초";
  const std::size_t at = text.find(hour);
  if (at == std::string::npos) return;
  std::string minutes = text.substr(at + hour.size());
  std::string seconds;
  if (minutes.empty()) {
    minutes = "00";
  } else if (const std::size_t end = minutes.find(minute); end != std::string::npos) {
    seconds = minutes.substr(end + minute.size());
    minutes.resize(end);
    if (seconds.ends_with(second)) seconds.resize(seconds.size() - second.size());
    if (minutes.size() == 1) minutes.insert(0, "0");
    if (seconds.size() == 1) seconds.insert(0, "0");
    if (!seconds.empty()) seconds.insert(0, ":");
  }
  text = text.substr(0, at) + ":" + minutes + seconds;
}

// Takes the seconds of a time of day with three parts: its last two digits, or those before "AM".
int take_seconds(std::string& clock) {
  const std::size_t first = clock.find(':');
  const std::size_t second = first == std::string::npos ? first : clock.find(':', first + 1);
  if (second == std::string::npos || second + 2 >= clock.size()) return 0;
  const auto is_digit = [&](std::size_t at) { return at < clock.size() && clock[at] >= '0' && clock[at] <= '9'; };
  if (!is_digit(second + 1) || !is_digit(second + 2) || is_digit(second + 3)) return 0;
  const int seconds = (clock[second + 1] - '0') * 10 + (clock[second + 2] - '0');
  if (seconds > 59) return 0;  // stays there, and makes no time of it
  clock.replace(second + 1, 2, "00");
  return seconds;
}

// Where a day may end and its time begin.
struct DayEnd {
  std::size_t day = 0;    // one behind the day
  std::size_t clock = 0;  // the first of the time
};

std::vector<DayEnd> list_day_ends(std::string_view text) {
  std::vector<DayEnd> ends;
  for (std::size_t at = 1; at < text.size(); ++at) {
    const std::string_view rest = text.substr(at);
    if (rest.front() == ' ' || rest.front() == 'T') ends.push_back({at, at + 1});
    const bool begins_half = rest.starts_with("오전") || rest.starts_with("오후");
    if (begins_half || text.substr(0, at).ends_with("일")) ends.push_back({at, at});
  }
  return ends;
}

}  // namespace

std::optional<int> parse_time_of_day(std::string_view typed) {
  std::string text = clean_signs(typed);
  drop_day_of_no_date(text);
  enum class Half { unsaid, morning, afternoon };
  Half half = Half::unsaid;
  for (const auto& [word, means] : std::initializer_list<std::pair<std::string_view, Half>>{
           {"오전", Half::morning}, {"오후", Half::afternoon}, {"AM", Half::morning}, {"PM", Half::afternoon},
           {"am", Half::morning}, {"pm", Half::afternoon}}) {
    const bool before = text.starts_with(word);
    if (!before && !text.ends_with(word)) continue;
    text.erase(before ? 0 : text.size() - word.size(), word.size());
    half = means;
    break;
  }
  std::erase(text, ' ');
  write_colons(text);
  // "10 am": said with its half of the day, an hour is a time by itself.
  if (half != Half::unsaid && !text.empty() && text.find(':') == std::string::npos) text += ":00";
  std::array<int, 3> parts{-1, -1, 0};
  std::size_t part = 0;
  std::size_t digits = 0;
  for (const char c : text) {
    if (c == ':') {
      if (digits == 0 || ++part > 2) return std::nullopt;
      parts[part] = 0;
      digits = 0;
      continue;
    }
    if (c < '0' || c > '9' || ++digits > 2) return std::nullopt;
    parts[part] = std::max(parts[part], 0) * 10 + (c - '0');
  }
  auto [hours, minutes, seconds] = parts;
  if (digits == 0 || part == 0 || (part > 0 && digits != 2) || minutes > 59 || seconds != 0) return std::nullopt;
  if (half != Half::unsaid) {
    if (hours < 1 || hours > 12) return std::nullopt;
    hours = hours % 12 + (half == Half::afternoon ? 12 : 0);
  }
  if (hours > 23) return std::nullopt;
  return hours * 60 + minutes;
}

std::optional<TypedMoment> parse_typed_moment(std::string_view typed) {
  constexpr std::size_t longest = 200;  // bytes; each blank is tried as the end of the day
  if (typed.size() > longest) return std::nullopt;
  const std::string text = clean_signs(typed);
  std::vector<DayEnd> ends = list_day_ends(text);
  // From behind: dates have blanks, too, and a time that is cut short leaves what is no day before it.
  std::reverse(ends.begin(), ends.end());
  for (const DayEnd& end : ends) {
    std::string clock = text.substr(end.clock);
    std::erase(clock, ' ');
    write_colons(clock);
    const int second = take_seconds(clock);
    const auto minute = parse_time_of_day(clock);
    if (!minute) continue;
    if (const auto day = parse_typed_date(std::string_view(text).substr(0, end.day)))
      return TypedMoment{*day, *minute, second};
  }
  return std::nullopt;
}

std::string format_time_of_day(int minutes) {
  return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

Text name_weekday(Date day) {
  // 1970-01-01 was a Thursday.
  static const std::array<Text, 7> names{{{"Thu", "목"}, {"Fri", "금"}, {"Sat", "토"}, {"Sun", "일"},
                                          {"Mon", "월"}, {"Tue", "화"}, {"Wed", "수"}}};
  return names[static_cast<std::size_t>((day.days % 7 + 7) % 7)];
}

}  // namespace hanjari
