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

}  // namespace hanjari
