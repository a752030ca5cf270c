#include "hanjari/base/clock.h"

#include <fmt/format.h>

#include "hanjari/base/date.h"

namespace hanjari {
namespace {

class SystemClock : public Clock {
 public:
  Instant now() const override { return std::chrono::system_clock::now(); }
  std::chrono::nanoseconds elapsed() const override { return std::chrono::steady_clock::now().time_since_epoch(); }
};

}  // namespace

const Clock& system_clock() {
  static const SystemClock clock;
  return clock;
}

std::string format_instant(Instant instant) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(instant);
  const auto day = std::chrono::floor<std::chrono::days>(seconds);
  const std::chrono::hh_mm_ss time{seconds - day};
  return fmt::format("{}T{:02}:{:02}:{:02}Z",
                     format_date(Date{static_cast<std::int32_t>(day.time_since_epoch().count())}), time.hours().count(),
                     time.minutes().count(), time.seconds().count());
}

std::optional<Instant> parse_instant(std::string_view text) {
  const auto two = [&](std::size_t at, int most) -> int {
    if (at + 2 > text.size() || text[at] < '0' || text[at] > '9' || text[at + 1] < '0' || text[at + 1] > '9') return -1;
    const int value = (text[at] - '0') * 10 + (text[at + 1] - '0');
    return value <= most ? value : -1;
  };
  if (text.size() < 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':') return std::nullopt;
  const auto day = parse_date(text.substr(0, 10));
  const int hours = two(11, 23);
  const int minutes = two(14, 59);
  const int seconds = two(17, 59);
  if (!day || hours < 0 || minutes < 0 || seconds < 0) return std::nullopt;
  int offset = 0;
  if (text.substr(19) != "Z") {
    const int offset_hours = two(20, 23);
    const int offset_minutes = two(23, 59);
    if (text.size() != 25 || text[22] != ':' || offset_hours < 0 || offset_minutes < 0) return std::nullopt;
    if (text[19] != '+' && text[19] != '-') return std::nullopt;
    offset = (offset_hours * 60 + offset_minutes) * (text[19] == '-' ? -1 : 1);
  }
  return Instant(std::chrono::days(day->days) + std::chrono::hours(hours) + std::chrono::minutes(minutes - offset) +
                 std::chrono::seconds(seconds));
}

}  // namespace hanjari
