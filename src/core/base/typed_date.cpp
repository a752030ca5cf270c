#include "hanjari/base/typed_date.h"

#include <charconv>
#include <cmath>
#include <string>

#include <fmt/format.h>

#include "hanjari/base/typed_text.h"

namespace hanjari {
namespace {

// The number of days before the full stop and what stands behind it.
struct SerialNumber {
  std::string_view days;
  std::string_view part;
};

std::optional<SerialNumber> split_serial_number(std::string_view text) {
  const std::size_t point = text.find('.');
  if (text.find_first_not_of("0123456789.") != std::string_view::npos) return std::nullopt;
  if (point == std::string_view::npos) return SerialNumber{text, {}};
  const std::string_view part = text.substr(point + 1);
  if (part.find('.') != std::string_view::npos) return std::nullopt;
  return SerialNumber{text.substr(0, point), part};
}

// The midnight and the day of the week that spreadsheets add behind a date, which say nothing more.
bool says_no_more(std::string_view text) {
  const auto pass = [&](std::string_view word) {
    if (!text.starts_with(word)) return false;
    text.remove_prefix(word.size());
    return true;
  };
  const auto pass_blanks = [&] {
    while (pass(" ") || pass("(") || pass(")") || pass(".") || pass("T")) {
    }
  };
  pass_blanks();
  for (const std::string_view day : {"월", "화", "수", "목", "금", "토", "일"}) {
    if (!pass(day)) continue;
    pass("요일");
    break;
  }
  pass_blanks();
  if (text.empty()) return true;
  const bool halved = pass("오전") || pass("AM") || pass("am");
  pass_blanks();
  if (halved) return text.starts_with("12:00");
  return text.starts_with("00:00") || text.starts_with("0:00") || (text.starts_with("12:00") && text.ends_with("AM"));
}

}  // namespace

std::optional<Date> parse_typed_date(std::string_view typed) {
  const std::string clean = clean_signs(typed);
  const std::string_view text = clean;
  if (const auto day = parse_date(text)) return day;
  // What stands before the year belongs to something else: -1999-01-02 is no day.
  if (text.empty() || text.front() < '0' || text.front() > '9') return std::nullopt;
  std::string groups[3];
  std::size_t group = 0;
  int signs = 0;  // since the last digit, beside blanks
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (group == 2 && !groups[2].empty() && (c < '0' || c > '9')) {  // the day ends here
      std::string_view rest = text.substr(at);
      if (rest.starts_with("일") && !rest.starts_with("일요일")) rest.remove_prefix(std::string_view("일").size());
      if (!says_no_more(rest)) return std::nullopt;
      break;
    }
    if (c >= '0' && c <= '9') {
      if (signs > 1) return std::nullopt;  // 1999--1-2
      signs = 0;
      groups[group] += c;
      continue;
    }
    bool separates = std::string_view("-./ T").find(c) != std::string_view::npos;
    for (const std::string_view word : {"년", "월", "일"}) {
      if (!text.substr(at).starts_with(word)) continue;
      at += word.size() - 1;
      separates = true;
      break;
    }
    if (!separates) return std::nullopt;
    if (c != ' ') ++signs;
    if (!groups[group].empty()) ++group;
  }
  if (groups[1].empty() && groups[0].size() == 8)
    return parse_date(fmt::format("{}-{}-{}", groups[0].substr(0, 4), groups[0].substr(4, 2), groups[0].substr(6)));
  if (groups[0].size() != 4 || groups[1].empty() || groups[2].empty()) return std::nullopt;
  return parse_date(fmt::format("{}-{:0>2}-{:0>2}", groups[0], groups[1], groups[2]));
}

std::optional<Date> day_of_serial_number(std::string_view typed) {
  const std::string clean = clean_signs(typed);
  const auto number = split_serial_number(clean);
  if (!number || number->days.size() != 5) return std::nullopt;
  int days = 0;
  const auto [end, error] = std::from_chars(number->days.data(), number->days.data() + number->days.size(), days);
  if (error != std::errc{} || end != number->days.data() + number->days.size() || days < 10'000) return std::nullopt;
  static const Date origin = *parse_date("1899-12-30");
  return Date{origin.days + days};
}

std::optional<int> minute_of_day_part(std::string_view typed) {
  const std::string clean = clean_signs(typed);
  const auto number = split_serial_number(clean);
  if (!number || number->part.empty()) return std::nullopt;
  const bool of_no_day = number->days.empty() || number->days == "0";
  if (!of_no_day && !day_of_serial_number(clean)) return std::nullopt;
  double part = 0;
  const std::string text = "0." + std::string(number->part);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), part, std::chars_format::fixed);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  constexpr int day = 24 * 60;
  const double minutes = part * day;
  const double nearest = std::round(minutes);
  constexpr double rounding = 0.02;  // of a minute: numbers of four decimals are often all that is left
  if (std::abs(minutes - nearest) > rounding || nearest >= day) return std::nullopt;
  return static_cast<int>(nearest);
}

}  // namespace hanjari
