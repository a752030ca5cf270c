// Values of a row as numbers, dates, codes and words.
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "hanjari/package/csv.h"
#include "package/csv/characters.h"

namespace hanjari::package {

// The value unless the column is absent; an empty one is a fault.
std::optional<std::string_view> CsvReader::present(std::size_t column) {
  if (!has(column)) return std::nullopt;
  const std::string_view value = text(column);
  if (!value.empty()) return value;
  add_fault(column, {"the value is missing", "값이 없습니다"}, {"fill it in", "값을 채우십시오"});
  return std::nullopt;
}

std::optional<std::int64_t> CsvReader::integer(std::size_t column, std::int64_t least, std::int64_t most) {
  const auto value = present(column);
  if (!value) return std::nullopt;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(value->data(), value->data() + value->size(), number);
  const bool whole = end == value->data() + value->size();
  if (error == std::errc{} && whole && number >= least && number <= most) return number;
  if ((error == std::errc{} || error == std::errc::result_out_of_range) && whole) {
    add_fault(column,
              {fmt::format("{} is out of range", show(*value)), fmt::format("{}은(는) 범위 밖입니다", show(*value))},
              {fmt::format("give a whole number from {} to {}", least, most),
               fmt::format("{}에서 {} 사이의 정수를 적으십시오", least, most)});
  } else {
    add_fault(
        column,
        {fmt::format("{} is not a whole number", show(*value)), fmt::format("{}은(는) 정수가 아닙니다", show(*value))},
        {fmt::format("write digits only, from {} to {}", least, most),
         fmt::format("{}에서 {} 사이의 수를 숫자로만 적으십시오", least, most)});
  }
  return std::nullopt;
}

std::optional<double> CsvReader::decimal(std::size_t column, double least, double most) {
  const auto value = present(column);
  if (!value) return std::nullopt;
  double number = 0;
  const auto [end, error] =
      std::from_chars(value->data(), value->data() + value->size(), number, std::chars_format::fixed);
  if (end != value->data() + value->size() || !std::isfinite(number) ||
      (error != std::errc{} && error != std::errc::result_out_of_range)) {
    add_fault(column,
              {fmt::format("{} is not a number", show(*value)), fmt::format("{}은(는) 수가 아닙니다", show(*value))},
              {"write a plain decimal such as 37.566", "37.566처럼 소수로 적으십시오"});
    return std::nullopt;
  }
  if (error != std::errc{} || number < least || number > most) {
    add_fault(column,
              {fmt::format("{} is out of range", show(*value)), fmt::format("{}은(는) 범위 밖입니다", show(*value))},
              {fmt::format("give a number from {} to {}", least, most),
               fmt::format("{}에서 {} 사이의 수를 적으십시오", least, most)});
    return std::nullopt;
  }
  return number;
}

std::optional<Date> CsvReader::date(std::size_t column) {
  const auto value = present(column);
  if (!value) return std::nullopt;
  const auto day = parse_date(*value);
  if (!day) {
    add_fault(column,
              {fmt::format("{} is not a date", show(*value)), fmt::format("{}은(는) 날짜가 아닙니다", show(*value))},
              {"write YYYY-MM-DD, a day of the calendar", "달력에 있는 날을 YYYY-MM-DD로 적으십시오"});
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
  const std::string_view value = text(column);
  std::string list;
  for (std::size_t at = 0; at < words.size(); ++at) {
    if (words[at] == value) return at;
    if (words[at].empty()) continue;
    list += (list.empty() ? "" : ", ") + std::string(words[at]);
  }
  add_fault(column,
            {value.empty() ? "the value is missing" : fmt::format("{} is not a word known here", show(value)),
             value.empty() ? "값이 없습니다" : fmt::format("{}은(는) 알 수 없는 낱말입니다", show(value))},
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
  if (value.size() > most_bytes) {
    add_fault(
        column, {fmt::format("the text has {} bytes", value.size()), fmt::format("글이 {}바이트입니다", value.size())},
        {fmt::format("shorten it to {} bytes", most_bytes), fmt::format("{}바이트 아래로 줄이십시오", most_bytes)});
    return std::nullopt;
  }
  if (const auto bad = find_invisible(value)) {
    add_fault(column,
              {fmt::format("{} holds {}, a character that nobody sees", show(value), name_code_point(*bad)),
               fmt::format("{}에 보이지 않는 문자 {}가 있습니다", show(value), name_code_point(*bad))},
              {"type the text again without it", "그 문자 없이 다시 적으십시오"});
    return std::nullopt;
  }
  return is_plain_nfc(value) ? std::string(value) : normalize_nfc(value);
}

}  // namespace hanjari::package
