#include "hanjari/selection/mark.h"

#include <fmt/format.h>

#include "selection/exact.h"

namespace hanjari::selection {
namespace {

constexpr std::int64_t whole = 10000;  // 100 % in hundredths of a percent

bool is_digit(char letter) {
  return letter >= '0' && letter <= '9';
}

}  // namespace

std::int64_t share_down(std::int64_t number, Percent share) {
  return number * share.hundredths / whole;
}

std::int64_t share_up(std::int64_t number, Percent share) {
  return (number * share.hundredths + whole - 1) / whole;
}

std::int64_t share_half_up(std::int64_t number, Percent share) {
  return (number * share.hundredths + whole / 2) / whole;
}

std::optional<Mark> parse_decimal(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const std::size_t dot = text.find('.');
  const std::string_view units = text.substr(0, dot);
  const std::string_view places = dot == std::string_view::npos ? "0" : text.substr(dot + 1);
  if (units.empty() || units.size() > 9 || places.empty() || places.size() > 2) return std::nullopt;
  std::int64_t value = 0;
  for (const std::string_view part : {units, places}) {
    for (const char letter : part) {
      if (!is_digit(letter)) return std::nullopt;
      value = value * 10 + (letter - '0');
    }
  }
  if (places.size() == 1) value *= 10;
  return Mark{negative ? -value : value};
}

std::optional<Mark> parse_mark(std::string_view text) {
  const std::optional<Mark> mark = parse_decimal(text);
  if (!mark || text.starts_with('-') || *mark > full_marks) return std::nullopt;
  return mark;
}

std::string format_mark(Mark mark) {
  const std::int64_t size = mark.hundredths < 0 ? -mark.hundredths : mark.hundredths;
  return fmt::format("{}{}.{:02}", mark.hundredths < 0 ? "-" : "", size / 100, size % 100);
}

std::string format_mark_or_dash(const std::optional<Mark>& mark) {
  return mark ? format_mark(*mark) : "-";
}

std::string format_short(std::int64_t hundredths) {
  std::string text = format_mark({hundredths});
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

Mark mean_of(Mark total, std::int64_t subjects) {
  return {floor_divide(2 * total.hundredths + subjects, 2 * subjects)};
}

}  // namespace hanjari::selection
