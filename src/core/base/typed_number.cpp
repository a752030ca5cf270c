#include "hanjari/base/typed_number.h"

#include <array>
#include <cstddef>

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

// What people write behind a number of the column.
struct CounterWord {
  std::string_view column;  // the end of its name
  std::string_view word;
};
constexpr std::array<CounterWord, 20> counter_words{{{"grade", "급"},
                                                     {"posts", "명"},
                                                     {"people_cap", "명"},
                                                     {"duration_min", "분"},
                                                     {"fee_won", "원"},
                                                     {"_cm", "cm"},
                                                     {"room_no", "호실"},
                                                     {"room_no", "호"},
                                                     {"row_count", "행"},
                                                     {"row_count", "줄"},
                                                     {"column_count", "열"},
                                                     {"past_duties", "회"},
                                                     {"past_duties", "번"},
                                                     {"present", "명"},
                                                     {"sheets", "매"},
                                                     {"sheets", "장"},
                                                     {"scored", "매"},
                                                     {"scored", "장"},
                                                     {"to_pass", "명"},
                                                     {"electives", "개"}}};

// 9 of 9급 and of 9 급 in the column of grades: it can be meant as nothing else.
std::string_view without_counter_word(std::string_view value, std::string_view column) {
  for (const CounterWord& counter : counter_words) {
    if (!column.ends_with(counter.column) || !value.ends_with(counter.word)) continue;
    value.remove_suffix(counter.word.size());
    while (value.ends_with(' ')) value.remove_suffix(1);
    break;
  }
  return value;
}

}  // namespace

std::string digits_as_typed(std::string_view text, std::string_view column) {
  return digits_of_number(without_counter_word(text, column));
}

}  // namespace hanjari
