#include "workbook/number_format.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "hanjari/base/date.h"

namespace hanjari::workbook {
namespace {

// A piece of a format: what stands for digits or parts of a date, or text that is shown as it is.
struct FormatPiece {
  bool literal = false;
  std::string text;
};

struct FormatSection {
  std::string condition;  // <=999999; empty for none
  std::vector<FormatPiece> pieces;
  bool elapsed = false;
  // All that is no text, in lower case.
  std::string signs() const {
    std::string all;
    for (const FormatPiece& piece : pieces)
      if (!piece.literal) all += piece.text;
    return all;
  }
};

void add_literal(FormatSection& section, std::string_view text) {
  if (section.pieces.empty() || !section.pieces.back().literal) section.pieces.push_back({true, {}});
  section.pieces.back().text += text;
}

void add_sign(FormatSection& section, char c) {
  if (section.pieces.empty() || section.pieces.back().literal) section.pieces.push_back({false, {}});
  section.pieces.back().text += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// [h] counts hours on, [<=999999] is a condition; colours, languages and currencies say nothing of the value.
void take_brackets(FormatSection& section, std::string_view inside) {
  if (inside.empty()) return;
  if (inside.front() == '<' || inside.front() == '>' || inside.front() == '=') {
    section.condition = inside;
    return;
  }
  if (inside.find_first_not_of("hHmMsS") != std::string_view::npos) return;
  section.elapsed = true;
  for (const char c : inside) add_sign(section, c);
}

bool is_sign(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || std::string_view("0#?.,%@/:").find(c) != std::string_view::npos;
}

std::vector<FormatSection> split_format(std::string_view code) {
  std::vector<FormatSection> sections(1);
  for (std::size_t at = 0; at < code.size(); ++at) {
    FormatSection& section = sections.back();
    const char c = code[at];
    if (c == ';') {
      sections.emplace_back();
    } else if (c == '"') {
      const std::size_t end = std::min(code.find('"', at + 1), code.size());
      add_literal(section, code.substr(at + 1, end - at - 1));
      at = end;
    } else if (c == '[') {
      const std::size_t end = std::min(code.find(']', at), code.size());
      take_brackets(section, code.substr(at + 1, end - at - 1));
      at = end;
    } else if (c == '\\' && at + 1 < code.size()) {
      add_literal(section, code.substr(++at, 1));
    } else if (c == '_' || c == '*') {
      ++at;  // a gap as wide as the next sign, or filled with it
    } else if (is_sign(c)) {
      add_sign(section, c);
    } else {
      add_literal(section, std::string_view(&code[at], 1));
    }
  }
  return sections;
}

bool has_any(std::string_view text, std::string_view signs) {
  return text.find_first_of(signs) != std::string_view::npos;
}

Shows what_signs_show(const std::string& signs) {
  if (signs.empty() || signs.find("general") != std::string::npos || signs.starts_with("g/")) return Shows::number;
  if (signs.find('@') != std::string::npos) return Shows::text;
  const bool day = has_any(signs, "yd");
  const bool hour = has_any(signs, "hs");
  if (day && hour) return Shows::moment;
  if (hour) return Shows::time;
  if (day || signs.find('m') != std::string::npos) return Shows::date;
  if (signs.find('%') != std::string::npos) return Shows::percent;
  if (signs.find_first_not_of("0#?") == std::string::npos && std::count(signs.begin(), signs.end(), '0') >= 2)
    return Shows::digits;
  return Shows::number;
}

// The formats that have a number and no code. 27 to 36 and 50 to 58 are those of East Asian dates.
Shows shown_by_number(int id) {
  if (id == 9 || id == 10) return Shows::percent;
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 58)) return Shows::date;
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47)) return Shows::time;
  if (id == 22) return Shows::moment;
  return id == 49 ? Shows::text : Shows::number;
}

// With 15 digits, which is what a spreadsheet holds: 0.1+0.2 is 0.3.
double with_fifteen_digits(double value) {
  char digits[64];
  const auto written = std::to_chars(digits, digits + sizeof digits, value, std::chars_format::scientific, 14);
  double rounded = value;
  std::from_chars(digits, written.ptr, rounded, std::chars_format::scientific);
  return rounded;
}

// Beyond 15 digits the sheet has lost the rest, which the exponent shows.
std::string plain_number(double value) {
  const double rounded = with_fifteen_digits(value) + 0.0;
  char digits[64];
  const bool fits = std::abs(rounded) < 1e15 && (rounded == 0 || std::abs(rounded) > 1e-15);
  const auto written = std::to_chars(digits, digits + sizeof digits, rounded,
                                     fits ? std::chars_format::fixed : std::chars_format::scientific);
  if (written.ec != std::errc{}) return fmt::format("{}", rounded);
  std::string text(digits, written.ptr);
  if (!fits) std::replace(text.begin(), text.end(), 'e', 'E');
  return text;
}

bool holds(const std::string& condition, double value) {
  const std::size_t number_at = condition.find_first_not_of("<>=");
  if (number_at == std::string::npos) return true;
  double limit = 0;
  std::from_chars(condition.data() + number_at, condition.data() + condition.size(), limit);
  const std::string sign = condition.substr(0, number_at);
  if (sign == "<") return value < limit;
  if (sign == "<=") return value <= limit;
  if (sign == ">") return value > limit;
  if (sign == ">=") return value >= limit;
  if (sign == "<>") return value != limit;
  return value == limit;
}

// The digits of a whole number put into the places of the format from the right.
std::optional<std::string> fill_places(const NumberFormat& format, double value) {
  if (value < 0 || value >= 1e15 || value != std::floor(value)) return std::nullopt;
  const std::vector<FormatSection> sections = split_format(format.code);
  const FormatSection* chosen = nullptr;
  for (const FormatSection& section : sections) {
    if (chosen == nullptr && (section.condition.empty() || holds(section.condition, value))) chosen = &section;
  }
  if (chosen == nullptr || what_signs_show(chosen->signs()) != Shows::digits) return std::nullopt;
  std::string left = std::to_string(static_cast<std::int64_t>(value));
  std::size_t places = chosen->signs().size();
  std::string shown;
  for (auto piece = chosen->pieces.rbegin(); piece != chosen->pieces.rend(); ++piece) {
    if (piece->literal) {
      shown.insert(0, piece->text);
      continue;
    }
    for (auto place = piece->text.rbegin(); place != piece->text.rend(); ++place, --places) {
      if (!left.empty()) {
        shown.insert(shown.begin(), left.back());
        left.pop_back();
        if (places == 1) {
          shown.insert(0, left);  // more digits than places
          left.clear();
        }
      } else if (*place == '0') {
        shown.insert(shown.begin(), '0');
      }
    }
  }
  return shown;
}

std::string clock_of(std::int64_t seconds) {
  const std::string minutes = fmt::format("{:02}:{:02}", seconds / 3600, seconds / 60 % 60);
  return seconds % 60 == 0 ? minutes : minutes + fmt::format(":{:02}", seconds % 60);
}

// Nothing for a number that is no day of the calendar, such as the 29th of February 1900 that spreadsheets count.
std::optional<Shown> show_date(const NumberFormat& format, double value, bool from_1904) {
  constexpr double last_day = 2'958'465;  // 9999-12-31
  constexpr std::int64_t day_seconds = 86'400;
  constexpr std::int32_t zero_of_1900 = -25'569;  // 1899-12-30, right from 1 March 1900 on
  constexpr std::int32_t zero_of_1904 = -24'107;
  if (!(value >= 0) || value > last_day) return std::nullopt;
  auto days = static_cast<std::int64_t>(std::floor(value));
  auto seconds = static_cast<std::int64_t>(std::llround((value - std::floor(value)) * static_cast<double>(day_seconds)));
  if (seconds == day_seconds) {
    seconds = 0;
    ++days;
  }
  if (format.shows == Shows::time) {
    const std::int64_t whole = format.elapsed ? days * day_seconds + seconds : seconds;
    return Shown{CellKind::date, clock_of(whole)};
  }
  if (!from_1904 && (days == 0 || days == 60)) return std::nullopt;
  const std::int32_t zero = from_1904 ? zero_of_1904 : days < 60 ? zero_of_1900 + 1 : zero_of_1900;
  std::string text = format_date(Date{zero + static_cast<std::int32_t>(days)});
  if (format.shows == Shows::moment && seconds > 0) text += " " + clock_of(seconds);
  return Shown{CellKind::date, std::move(text)};
}

}  // namespace

NumberFormat read_number_format(int id, std::string_view code) {
  NumberFormat format;
  if (code.empty()) {
    format.shows = shown_by_number(id);
    format.elapsed = id == 46;
    return format;
  }
  const std::vector<FormatSection> sections = split_format(code);
  format.shows = what_signs_show(sections.front().signs());
  format.elapsed = sections.front().elapsed;
  // 02-1234-5678 and 010-1234-5678 are two sections of one format.
  for (const FormatSection& section : sections)
    if (!section.condition.empty() && what_signs_show(section.signs()) == Shows::digits) format.shows = Shows::digits;
  if (format.shows == Shows::digits) format.code = code;
  return format;
}

Shown show_number(const NumberFormat& format, double value, bool from_1904) {
  switch (format.shows) {
    case Shows::date:
    case Shows::time:
    case Shows::moment:
      if (auto shown = show_date(format, value, from_1904)) return std::move(*shown);
      break;
    case Shows::percent:
      return {CellKind::number, plain_number(value * 100) + "%"};
    case Shows::digits:
      if (auto shown = fill_places(format, value)) return {CellKind::text, std::move(*shown)};
      break;
    case Shows::number:
    case Shows::text:
      break;
  }
  return {CellKind::number, plain_number(value)};
}

}  // namespace hanjari::workbook
