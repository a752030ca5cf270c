// Marks as people and spreadsheets write them. What is none is told as what it is: each cause asks for something else.
#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/date.h"
#include "hanjari/base/korean.h"
#include "hanjari/base/typed_date.h"
#include "hanjari/base/typed_number.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/package/near_codes.h"
#include "package/csv/characters.h"
#include "package/csv/spreadsheet_traces.h"
#include "package/results/result_package_parts.h"

namespace hanjari::package {
namespace {

using selection::Mark;

// Digits and signs of every width, without blanks and the word for points behind them.
std::string without_word_for_points(std::string_view text) {
  constexpr std::string_view points = "점";
  std::string typed = clean_signs(text);
  if (typed.ends_with(points)) typed.resize(typed.size() - points.size());
  while (typed.ends_with(' ')) typed.pop_back();
  return typed;
}

struct MarkFault {
  Text what;
  Text fix;
};

const Text range_of_marks{"marks are 0.00 to 100.00", "점수는 0.00에서 100.00까지입니다"};

bool says_absent(const std::string& typed) {
  std::string word = in_lower_case(typed);
  std::erase(word, ' ');
  constexpr std::array<std::string_view, 8> words{"-", "--", "결시", "결석", "결", "미응시", "불참", "absent"};
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Of a number that is no mark.
MarkFault fault_of_number(const std::string& typed, const std::string& shown) {
  if (const auto day = day_of_serial_number(typed)) {
    return {{fmt::format("{} is no mark but the day number of a spreadsheet, for {}", shown, format_date(*day)),
             in_korean("{}[은/는] 점수가 아니라 엑셀의 날짜 일련번호({})입니다", shown, format_date(*day))},
            {"write the mark; see whether the columns are those of marks", "점수를 적으십시오. 점수 열이 맞는지 확인하십시오"}};
  }
  return {{fmt::format("{} is out of range", shown), in_korean("{}[은/는] 범위 밖입니다", shown)}, range_of_marks};
}

MarkFault fault_of_mark(const std::string& typed, const std::string& number, const std::string& shown) {
  if (typed.empty()) {
    return {{"the value is missing", "값이 없습니다"},
            {"write the mark, also when it is zero; whoever was absent has no row", "0점이라도 점수를 적고, 결시자는 행을 지우십시오"}};
  }
  if (says_absent(typed)) {
    return {{fmt::format("{} says that somebody was absent, and is no mark", shown),
             in_korean("{}[은/는] 결시 표시이며 점수가 아닙니다", shown)},
            {"take the row away and write absent into people.csv", "행을 지우고 people.csv의 출결에 absent를 적으십시오"}};
  }
  if (parse_typed_date(typed)) {
    return {{fmt::format("{} is a date and no mark", shown), in_korean("{}[은/는] 점수가 아니라 날짜입니다", shown)},
            {"write the mark; give the column the format Text before it is filled",
             "점수를 적으십시오. 값을 넣기 전에 열의 서식을 '텍스트'로 바꾸십시오"}};
  }
  if (selection::parse_decimal(number)) return fault_of_number(number, shown);
  if (is_rounded_number(typed)) {
    IdentifierFault rounded = rounded_number_fault(typed);
    return {std::move(rounded.what), std::move(rounded.fix)};
  }
  std::string stop = typed;
  std::replace(stop.begin(), stop.end(), ',', '.');
  if (stop != typed && selection::parse_decimal(stop)) {
    return {{fmt::format("{} has a comma before the decimals", shown), fmt::format("{}의 소수점이 쉼표입니다", shown)},
            {fmt::format("write a full stop: {}", stop), fmt::format("점으로 적으십시오: {}", stop)}};
  }
  const std::size_t point = typed.find('.');
  if (point != std::string::npos && point > 0 && typed.size() > point + 3 &&
      typed.find_first_not_of("0123456789") == point &&
      typed.find_first_not_of("0123456789", point + 1) == std::string::npos) {
    return {{fmt::format("{} has more than two decimals", shown), in_korean("{}[은/는] 소수 셋째 자리까지 있습니다", shown)},
            {"write at most two; rounding is for whoever gave the mark", "소수 둘째 자리까지 적으십시오. 반올림은 채점한 곳에서 정합니다"}};
  }
  return {{fmt::format("{} is not a mark", shown), in_korean("{}[은/는] 점수가 아닙니다", shown)},
          {"write 0.00 to 100.00 with at most two decimals", "0.00에서 100.00까지 소수 둘째 자리까지 적으십시오"}};
}

}  // namespace

std::optional<Mark> read_mark(CsvReader& reader, std::size_t column) {
  if (!reader.has(column)) return std::nullopt;
  const std::string typed = without_word_for_points(reader.text(column));
  const std::string number = digits_as_typed(typed, "");
  if (const auto mark = selection::parse_mark(number)) return mark;
  MarkFault fault = fault_of_mark(typed, number, show(reader.text(column)));
  reader.add_fault(column, std::move(fault.what), std::move(fault.fix));
  return std::nullopt;
}

std::optional<Mark> read_points_to_add(CsvReader& reader, std::size_t column) {
  std::string typed = without_word_for_points(reader.text(column));
  if (typed.starts_with('+')) typed.erase(0, 1);
  if (const auto points = selection::parse_decimal(digits_as_typed(typed, ""))) return points;
  const std::string shown = show(reader.text(column));
  reader.add_fault(column,
                   {fmt::format("{} is no number of points", shown), in_korean("{}[은/는] 점수가 아닙니다", shown)},
                   {"write points to add, such as 5 or -2.50", "더할 점수를 5 또는 -2.50처럼 적으십시오"});
  return std::nullopt;
}

}  // namespace hanjari::package
