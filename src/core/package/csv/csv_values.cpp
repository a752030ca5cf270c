// Values of a row as numbers, dates, codes and words.
#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "hanjari/base/korean.h"
#include "hanjari/base/typed_date.h"
#include "hanjari/base/typed_number.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/domain/person_rules.h"
#include "hanjari/package/csv.h"
#include "hanjari/package/near_codes.h"
#include "package/csv/characters.h"
#include "package/csv/spreadsheet_traces.h"

namespace hanjari::package {

// The value unless the column is absent; an empty one is a fault.
std::optional<std::string_view> CsvReader::present(std::size_t column) {
  if (!has(column)) return std::nullopt;
  const std::string_view value = text(column);
  if (!value.empty()) return value;
  add_fault(column, {"the value is missing", "값이 없습니다"}, {"fill it in", "값을 채우십시오"});
  return std::nullopt;
}

std::optional<std::string_view> CsvReader::plain(std::size_t column) {
  const auto value = present(column);
  if (!value) return std::nullopt;
  const bool is_plain = std::all_of(value->begin(), value->end(), [](char c) { return c > ' ' && c < 0x7f; });
  if (is_plain) return value;
  plain_ = clean_signs(*value);
  if (!plain_.empty()) return plain_;
  add_fault(column, {"the value is missing", "값이 없습니다"}, {"fill it in", "값을 채우십시오"});
  return std::nullopt;
}

std::optional<std::int64_t> CsvReader::integer(std::size_t column, std::int64_t least, std::int64_t most) {
  const auto value = plain(column);
  if (!value) return std::nullopt;
  std::int64_t number = 0;
  const std::string digits = digits_as_typed(*value, columns_[column].name);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const bool whole = end == digits.data() + digits.size();
  if (error == std::errc{} && whole && number >= least && number <= most) return number;
  if ((error == std::errc{} || error == std::errc::result_out_of_range) && whole) {
    add_fault(column,
              {fmt::format("{} is out of range", show(*value)), in_korean("{}[은/는] 범위 밖입니다", show(*value))},
              {fmt::format("give a whole number from {} to {}", least, most),
               fmt::format("{}에서 {} 사이의 정수를 적으십시오", least, most)});
  } else if (is_rounded_number(*value)) {
    IdentifierFault fault = rounded_number_fault(*value);
    add_fault(column, std::move(fault.what), std::move(fault.fix));
  } else {
    add_fault(
        column,
        {fmt::format("{} is not a whole number", show(*value)), in_korean("{}[은/는] 정수가 아닙니다", show(*value))},
        {fmt::format("write digits only, from {} to {}", least, most),
         fmt::format("{}에서 {} 사이의 수를 숫자로만 적으십시오", least, most)});
  }
  return std::nullopt;
}

std::optional<double> CsvReader::decimal(std::size_t column, double least, double most) {
  const auto value = plain(column);
  if (!value) return std::nullopt;
  double number = 0;
  const auto [end, error] =
      std::from_chars(value->data(), value->data() + value->size(), number, std::chars_format::fixed);
  // 3.7E+08; a program writes 3.7e1, whose digits are all there.
  if (value->find('+') != std::string_view::npos && is_rounded_number(*value)) {
    IdentifierFault fault = rounded_number_fault(*value);
    add_fault(column, std::move(fault.what), std::move(fault.fix));
    return std::nullopt;
  }
  if (end != value->data() + value->size() || !std::isfinite(number) ||
      (error != std::errc{} && error != std::errc::result_out_of_range)) {
    add_fault(column,
              {fmt::format("{} is not a number", show(*value)), in_korean("{}[은/는] 수가 아닙니다", show(*value))},
              value->find(',') != std::string_view::npos
                  ? Text{"write a full stop before the decimals, as in 37.566",
                         "소수점은 쉼표가 아니라 점으로 37.566처럼 적으십시오"}
                  : Text{"write a plain decimal such as 37.566", "37.566처럼 소수로 적으십시오"});
    return std::nullopt;
  }
  if (error != std::errc{} || number < least || number > most) {
    add_fault(column,
              {fmt::format("{} is out of range", show(*value)), in_korean("{}[은/는] 범위 밖입니다", show(*value))},
              {fmt::format("give a number from {} to {}", least, most),
               fmt::format("{}에서 {} 사이의 수를 적으십시오", least, most)});
    return std::nullopt;
  }
  return number;
}

std::optional<Date> CsvReader::date(std::size_t column) {
  const auto value = plain(column);
  if (!value) return std::nullopt;
  const auto day = parse_typed_date(*value);
  if (!day && is_rounded_number(*value)) {
    IdentifierFault fault = rounded_number_fault(*value);
    add_fault(column, std::move(fault.what), std::move(fault.fix));
  } else if (!day) {
    ValueFault fault = fault_of_date(*value, show(*value));
    add_fault(column, std::move(fault.what), std::move(fault.fix));
  }
  return day;
}

std::optional<std::string_view> CsvReader::identifier(std::size_t column) {
  const auto value = present(column);
  if (!value) return std::nullopt;
  if (auto fault = find_identifier_fault(*value)) {
    add_fault(column, std::move(fault->what), std::move(fault->fix));
    return std::nullopt;
  }
  return value;
}

std::optional<std::size_t> CsvReader::word(std::size_t column, std::span<const std::string_view> words) {
  if (!has(column)) return std::nullopt;
  std::string_view value = text(column);
  if (std::find(words.begin(), words.end(), value) == words.end()) value = plain_ = clean_signs(value);
  if (const std::size_t meant = find_meant_word(value, words); meant < words.size()) return meant;
  const std::string& heading = header_[position_of_[column]];
  if (const std::size_t meant = find_explained_word(heading, value, words); meant < words.size()) return meant;
  const std::string list = list_of_words(words);
  if (!value.empty() && value.find_first_not_of("0123456789") == std::string_view::npos) {
    add_fault(column,
              {fmt::format("{} is a number, and the heading does not say what it stands for", show(value)),
               in_korean("{}[은/는] 숫자인데 열 이름에 무엇을 뜻하는지 없습니다", show(value))},
              {fmt::format("write one of {}, or say it in the heading as in 성별(1=남, 2=여)", list),
               fmt::format("다음 가운데 하나를 적거나({}), 열 이름에 성별(1=남, 2=여)처럼 적으십시오", list)});
    return std::nullopt;
  }
  add_fault(column,
            {value.empty() ? "the value is missing" : fmt::format("{} is not a word known here", show(value)),
             value.empty() ? "값이 없습니다" : in_korean("{}[은/는] 알 수 없는 낱말입니다", show(value))},
            {fmt::format("write one of {}", list), fmt::format("다음 가운데 하나를 적으십시오: {}", list)});
  return std::nullopt;
}

std::optional<std::string> CsvReader::words(std::size_t column, Presence presence, std::size_t most_bytes) {
  if (!has(column)) return std::nullopt;
  const std::string_view value = text(column);
  if (value.empty()) {
    if (presence == Presence::optional) return std::string();
    return present(column) ? std::optional<std::string>() : std::nullopt;
  }
  // What nobody sees came with the text from elsewhere and goes away; blanks that are seen stay as they are.
  std::string text = find_invisible(value) ? clean_line(value)
                     : is_plain_nfc(value) ? std::string(value)
                                           : normalize_nfc(value);
  if (auto fault = find_text_fault(text, most_bytes)) {
    add_fault(column, std::move(fault->what), std::move(fault->fix));
    return std::nullopt;
  }
  // A telephone number, or a word that two people share, of which the digits are lost.
  if (is_rounded_number(text)) {
    IdentifierFault fault = rounded_number_fault(text);
    add_fault(column, std::move(fault.what), std::move(fault.fix));
    return std::nullopt;
  }
  // A name of blanks alone names nobody.
  if (is_blank_text(text)) text.clear();
  if (text.empty() && presence == Presence::required) {
    add_fault(column, {"the value is missing", "값이 없습니다"}, {"fill it in", "값을 채우십시오"});
    return std::nullopt;
  }
  return text;
}

}  // namespace hanjari::package
