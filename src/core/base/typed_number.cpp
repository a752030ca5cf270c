#include "hanjari/base/typed_number.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <system_error>

#include "hanjari/base/typed_text.h"

namespace hanjari {
namespace {

std::string digits_of_number(std::string_view text) {
  std::string number(text);
  if (const std::size_t point = number.find('.');
      point != std::string::npos && point > 0 && point + 1 < number.size() &&
      number.find_first_not_of('0', point + 1) == std::string::npos)
    number.erase(point);
  const std::size_t first = number.find(',');
  if (first == std::string::npos) return number;
  const std::size_t sign = number.starts_with('-') ? 1 : 0;
  if (first <= sign || first > sign + 3) return std::string(text);
  for (std::size_t at = first; at < number.size(); at += 4) {
    if (number[at] != ',' || number.size() - at < 4) return std::string(text);
    for (std::size_t digit = at + 1; digit < at + 4; ++digit)
      if (number[digit] < '0' || number[digit] > '9') return std::string(text);
  }
  std::erase(number, ',');
  return number;
}

// What people write before or behind a number of the column.
struct CounterWord {
  std::string_view column;  // the end of its name
  std::string_view word;
};
// The longer words of a column first.
constexpr std::array<CounterWord, 61> counter_words{{
    {"grade", "등급"},
    {"grade", "급"},
    {"posts", "명"},
    {"posts", "인"},
    {"posts", "people"},
    {"people_cap", "명"},
    {"people_cap", "인"},
    {"people_cap", "people"},
    {"duration_min", "분"},
    {"duration_min", "minutes"},
    {"duration_min", "min"},
    {"fee_won", "원"},
    {"fee_won", "won"},
    {"_cm", "cm"},
    {"_cm", "센티미터"},
    {"_cm", "센티"},
    {"metres", "m"},
    {"metres", "미터"},
    {"_m", "m"},
    {"_m", "미터"},
    {"opening_cost", "m"},
    {"opening_cost", "미터"},
    {"room_no", "호 시험실"},
    {"room_no", "호시험실"},
    {"room_no", "시험실"},
    {"room_no", "호 고사실"},
    {"room_no", "호고사실"},
    {"room_no", "고사실"},
    {"room_no", "교실"},
    {"room_no", "호실"},
    {"room_no", "호"},
    {"room_no", "번"},
    {"room_no", "실"},
    {"seat_no", "번 좌석"},
    {"seat_no", "번좌석"},
    {"seat_no", "번"},
    {"row_count", "행"},
    {"row_count", "줄"},
    {"column_count", "열"},
    {"column_count", "줄"},
    {"past_duties", "회"},
    {"past_duties", "번"},
    {"present", "명"},
    {"sheets", "매"},
    {"sheets", "장"},
    {"scored", "매"},
    {"scored", "장"},
    {"to_pass", "명"},
    {"least_age", "세"},
    {"most_age", "세"},
    {"least_age", "살"},
    {"most_age", "살"},
    {"applications", "명"},
    {"applications", "건"},
    {"electives", "개"},
    {"electives", "과목"},
    {"electives_to_choose", "과목"},
    {"digits", "자리"},
    {"booklets", "종"},
    {"reserve_rooms", "실"},
    {"reserve_rooms", "개"}}};
constexpr std::array<CounterWord, 6> ordinal_words{{
    {"room_no", "제"}, {"room_no", "room"}, {"room_no", "no."}, {"seat_no", "seat"}, {"seat_no", "no."}, {"grade", "grade"}}};

bool is_letter_of_ascii(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_same_letter(char a, char b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return lower(a) == lower(b);
}

// 1 of 제1시험실 and of Room 1 in the column of rooms.
std::string_view without_ordinal_word(std::string_view value, std::string_view column) {
  for (const CounterWord& ordinal : ordinal_words) {
    if (!column.ends_with(ordinal.column) || value.size() <= ordinal.word.size()) continue;
    if (!std::equal(ordinal.word.begin(), ordinal.word.end(), value.begin(), is_same_letter)) continue;
    value.remove_prefix(ordinal.word.size());
    while (value.starts_with(' ')) value.remove_prefix(1);
    break;
  }
  return value;
}

// 9 of 9급 and of 9 급 in the column of grades: it can be meant as nothing else.
std::string_view without_counter_word(std::string_view value, std::string_view column) {
  for (const CounterWord& counter : counter_words) {
    if (!column.ends_with(counter.column) || value.size() <= counter.word.size()) continue;
    const std::string_view end = value.substr(value.size() - counter.word.size());
    if (!std::equal(end.begin(), end.end(), counter.word.begin(), is_same_letter)) continue;
    // The metres of 3 km are no metres.
    const char before = value[value.size() - counter.word.size() - 1];
    if (is_letter_of_ascii(before)) continue;
    value.remove_suffix(counter.word.size());
    while (value.ends_with(' ')) value.remove_suffix(1);
    break;
  }
  return value;
}

}  // namespace

std::string digits_as_typed(std::string_view text, std::string_view column) {
  return digits_of_number(without_ordinal_word(without_counter_word(text, column), column));
}

std::optional<std::int64_t> parse_typed_integer(std::string_view typed, std::string_view column) {
  const std::string digits = digits_as_typed(clean_signs(typed), column);
  std::int64_t number = 0;
  const char* const end = digits.data() + digits.size();
  const auto [stopped, error] = std::from_chars(digits.data(), end, number);
  if (error != std::errc{} || stopped != end) return std::nullopt;
  return number;
}

}  // namespace hanjari
