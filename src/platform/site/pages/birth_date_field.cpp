#include "site/pages/birth_date_field.h"

#include <charconv>
#include <string>
#include <tuple>
#include <vector>

#include <fmt/format.h>

#include "hanjari/base/typed_date.h"
#include "hanjari/base/typed_text.h"

namespace hanjari::web {
namespace {

// The Korean words for year, month and day become blanks.
std::string plain(std::string_view typed) {
  std::string text = clean_signs(typed);
  for (const std::string_view word : {"년", "월", "일"}) {
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at))
      text.replace(at, word.size(), " ");
  }
  return text;
}

// Groups of digits; nothing when anything but digits and separators stands there, a sign before the first digit or two
// between numbers: the rule of parse_typed_date.
std::optional<std::vector<std::string>> digit_groups(const std::string& text) {
  std::vector<std::string> groups;
  bool inside = false;
  int signs = 0;  // since the last digit, beside blanks
  for (const char c : text) {
    if (c >= '0' && c <= '9') {
      if (!inside) groups.emplace_back();
      groups.back() += c;
      inside = true;
      signs = 0;
    } else if (std::string_view(" -./\t").find(c) != std::string_view::npos) {
      inside = false;
      if (c != ' ' && c != '\t' && (groups.empty() || ++signs > 1)) return std::nullopt;
    } else {
      return std::nullopt;
    }
  }
  return groups;
}

std::optional<Date> day_of(int year, int month, int day, Date today) {
  const auto date = parse_date(fmt::format("{:04}-{:02}-{:02}", year, month, day));
  if (!date || *date > today || year < 1900) return std::nullopt;
  return date;
}

// Nobody younger applies, so a year of two digits means the century that makes the person at least this old.
constexpr int least_age = 14;

std::optional<Date> day_of_digits(const std::string& year, const std::string& month, const std::string& day,
                                  Date today) {
  const auto number = [](const std::string& digits) {
    int value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
  };
  if (year.size() == 4) return day_of(number(year), number(month), number(day), today);
  for (const int century : {2000, 1900}) {
    if (century + number(year) > calendar_day(today).year - least_age) continue;
    if (const auto date = day_of(century + number(year), number(month), number(day), today)) return date;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Date> read_birth_date(std::string_view typed, Date today) {
  // What tables and requests take is taken here too, such as a date copied with its day of the week.
  if (const auto day = parse_typed_date(typed))
    return *day > today || calendar_day(*day).year < 1900 ? std::nullopt : day;
  const auto groups = digit_groups(plain(typed));
  if (!groups) return std::nullopt;
  if (groups->size() == 1) {
    const std::string& digits = groups->front();
    if (digits.size() != 8 && digits.size() != 6) return std::nullopt;
    const std::size_t year = digits.size() - 4;
    return day_of_digits(digits.substr(0, year), digits.substr(year, 2), digits.substr(year + 2), today);
  }
  if (groups->size() != 3) return std::nullopt;
  const auto& [year, month, day] = std::tie((*groups)[0], (*groups)[1], (*groups)[2]);
  if ((year.size() != 4 && year.size() != 2) || month.size() > 2 || day.size() > 2) return std::nullopt;
  return day_of_digits(year, month, day, today);
}

}  // namespace hanjari::web
