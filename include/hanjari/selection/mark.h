// Marks and totals: whole hundredths of a point, so that every sum and comparison is exact.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hanjari::selection {

struct Mark {
  std::int64_t hundredths = 0;

  auto operator<=>(const Mark&) const = default;
  Mark& operator+=(Mark other) {
    hundredths += other.hundredths;
    return *this;
  }
  friend Mark operator+(Mark left, Mark right) { return {left.hundredths + right.hundredths}; }
  friend Mark operator-(Mark left, Mark right) { return {left.hundredths - right.hundredths}; }
  friend Mark operator*(Mark mark, std::int64_t times) { return {mark.hundredths * times}; }
};

constexpr Mark points(std::int64_t whole) {
  return {whole * 100};
}

constexpr Mark full_marks = points(100);

// A share of a whole in hundredths of a percent: 30 % is 3000.
struct Percent {
  std::int64_t hundredths = 0;
  auto operator<=>(const Percent&) const = default;
};

// floor(number * share), ceil(number * share), and floor(number * share + 1/2); number >= 0.
std::int64_t share_down(std::int64_t number, Percent share);
std::int64_t share_up(std::int64_t number, Percent share);
std::int64_t share_half_up(std::int64_t number, Percent share);

// A plain decimal with at most two places and at most nine digits before them ("80", "80.5", "-0.25"); otherwise
// nothing.
std::optional<Mark> parse_decimal(std::string_view text);

// A mark of a subject: a plain decimal from 0.00 to 100.00.
std::optional<Mark> parse_mark(std::string_view text);

// Two decimals, `-` when negative: 399.78
std::string format_mark(Mark mark);
std::string format_mark_or_dash(const std::optional<Mark>& mark);

// Without needless zeros, for settings and sentences: 30, 2.5
std::string format_short(std::int64_t hundredths);

// total / subjects, rounded half up to hundredths; subjects >= 1.
Mark mean_of(Mark total, std::int64_t subjects);

}  // namespace hanjari::selection
