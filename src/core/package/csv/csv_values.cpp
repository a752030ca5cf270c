// Values of a row as numbers, dates, codes and words.
#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "hanjari/base/typed_text.h"
#include "hanjari/domain/person_rules.h"
#include "hanjari/package/csv.h"
#include "package/csv/characters.h"
#include "package/csv/spreadsheet_traces.h"
#include "package/near_codes.h"

namespace hanjari::package {
namespace {

// Spreadsheets count days from 1899-12-30 (their 1900 has a 29 February); since 1927 these numbers have five digits. A
// part of a day may stand behind a full stop.
std::optional<Date> day_of_serial_number(std::string_view text) {
  if (const std::size_t point = text.find('.'); point != std::string_view::npos) {
    if (text.find_first_not_of("0123456789", point + 1) != std::string_view::npos) return std::nullopt;
    text = text.substr(0, point);
  }
  if (text.size() != 5) return std::nullopt;
  int days = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), days);
  if (error != std::errc{} || end != text.data() + text.size() || days < 10'000) return std::nullopt;
  static const Date origin = *parse_date("1899-12-30");
  return Date{origin.days + days};
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

// A date that begins with its year of four digits, whatever stands between the numbers: 1999/1/2, 1999. 1. 2.,
// 19990102, 1999년 1월 2일, or with the midnight or the day of the week that spreadsheets add.
std::optional<Date> read_written_date(std::string_view text) {
  if (const auto day = parse_date(text)) return day;
  std::string groups[3];
  std::size_t group = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (group == 2 && !groups[2].empty() && (c < '0' || c > '9')) {  // the day ends here
      std::string_view rest = text.substr(at);
      if (rest.starts_with("일") && !rest.starts_with("일요일")) rest.remove_prefix(std::string_view("일").size());
      if (!says_no_more(rest)) return std::nullopt;
      break;
    }
    if (c >= '0' && c <= '9') {
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
    if (!groups[group].empty()) ++group;
  }
  if (groups[1].empty() && groups[0].size() == 8)
    return parse_date(fmt::format("{}-{}-{}", groups[0].substr(0, 4), groups[0].substr(4, 2), groups[0].substr(6)));
  if (groups[0].size() != 4 || groups[1].empty() || groups[2].empty()) return std::nullopt;
  return parse_date(fmt::format("{}-{:0>2}-{:0>2}", groups[0], groups[1], groups[2]));
}

// The digits of a whole number as cells show it: without the commas of 1,234,567 and the zeros of 5.00. Anything else
// stays as it is.
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

// The position of the word that the value means in other spelling or in Korean; the number of words when it means none.
std::size_t find_meant_word(std::string_view value, std::span<const std::string_view> words) {
  const std::string lower = in_lower_case(value);
  const auto same = std::find_if(words.begin(), words.end(), [&](auto word) { return in_lower_case(word) == lower; });
  if (same != words.end() || value.empty()) return static_cast<std::size_t>(same - words.begin());
  std::string joined(value);
  std::erase(joined, ' ');
  for (const ValueWord& known : value_words) {
    if (known.korean != joined) continue;
    const auto meant = std::find(words.begin(), words.end(), known.word);
    if (meant != words.end()) return static_cast<std::size_t>(meant - words.begin());
  }
  return words.size();
}

}  // namespace

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
  const std::string digits = digits_of_number(*value);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const bool whole = end == digits.data() + digits.size();
  if (error == std::errc{} && whole && number >= least && number <= most) return number;
  if ((error == std::errc{} || error == std::errc::result_out_of_range) && whole) {
    add_fault(column,
              {fmt::format("{} is out of range", show(*value)), fmt::format("{}은(는) 범위 밖입니다", show(*value))},
              {fmt::format("give a whole number from {} to {}", least, most),
               fmt::format("{}에서 {} 사이의 정수를 적으십시오", least, most)});
  } else if (is_rounded_number(*value)) {
    IdentifierFault fault = rounded_number_fault(*value);
    add_fault(column, std::move(fault.what), std::move(fault.fix));
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
  const auto value = plain(column);
  if (!value) return std::nullopt;
  double number = 0;
  const auto [end, error] =
      std::from_chars(value->data(), value->data() + value->size(), number, std::chars_format::fixed);
  if (end != value->data() + value->size() || !std::isfinite(number) ||
      (error != std::errc{} && error != std::errc::result_out_of_range)) {
    add_fault(column,
              {fmt::format("{} is not a number", show(*value)), fmt::format("{}은(는) 수가 아닙니다", show(*value))},
              value->find(',') != std::string_view::npos
                  ? Text{"write a full stop before the decimals, as in 37.566",
                         "소수점은 쉼표가 아니라 점으로 37.566처럼 적으십시오"}
                  : Text{"write a plain decimal such as 37.566", "37.566처럼 소수로 적으십시오"});
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
  const auto value = plain(column);
  if (!value) return std::nullopt;
  if (const auto serial = day_of_serial_number(*value)) {
    add_fault(column,
              {fmt::format("{} is the day number of a spreadsheet, for {}", show(*value), format_date(*serial)),
               fmt::format("{}은(는) 엑셀의 날짜 일련번호로, {}에 해당합니다", show(*value), format_date(*serial))},
              {"give the column the format YYYY-MM-DD before saving", "열의 서식을 YYYY-MM-DD로 바꾸고 저장하십시오"});
    return std::nullopt;
  }
  const auto day = read_written_date(*value);
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
  std::string_view value = text(column);
  if (std::find(words.begin(), words.end(), value) == words.end()) value = plain_ = clean_signs(value);
  std::string list;
  if (const std::size_t meant = find_meant_word(value, words); meant < words.size()) return meant;
  for (std::size_t at = 0; at < words.size(); ++at) {
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
  // What nobody sees came with the text from elsewhere and goes away; blanks that are seen stay as they are.
  std::string text = find_invisible(value) ? clean_line(value)
                     : is_plain_nfc(value) ? std::string(value)
                                           : normalize_nfc(value);
  if (auto fault = find_text_fault(text, most_bytes)) {
    add_fault(column, std::move(fault->what), std::move(fault->fix));
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
