// The clock that is passed in, so that a test can hold it.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace hanjari {

using Instant = std::chrono::system_clock::time_point;

class Clock {
 public:
  virtual ~Clock() = default;
  // Time of day, for people and records.
  virtual Instant now() const = 0;
  // Time that never jumps, for measuring; zero is arbitrary.
  virtual std::chrono::nanoseconds elapsed() const = 0;
};

// The machine's clock.
const Clock& system_clock();

// ISO 8601 in UTC, whole seconds: 2021-06-05T01:00:00Z.
std::string format_instant(Instant instant);
// Reads YYYY-MM-DDTHH:MM:SS with Z or an offset such as +09:00; nothing for anything else.
std::optional<Instant> parse_instant(std::string_view text);

// Seconds between two readings of Clock::elapsed().
inline double seconds_between(std::chrono::nanoseconds from, std::chrono::nanoseconds to) {
  return std::chrono::duration<double>(to - from).count();
}

}  // namespace hanjari
