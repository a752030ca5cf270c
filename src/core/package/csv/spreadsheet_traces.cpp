#include "package/csv/spreadsheet_traces.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "hanjari/base/date.h"
#include "hanjari/base/typed_text.h"

namespace hanjari::package {
namespace {

constexpr std::string_view months[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                       "jul", "aug", "sep", "oct", "nov", "dec"};

std::optional<int> small_number(std::string_view text, int most) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || text.size() > 2 || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number >= 1 && number <= most ? std::optional(number) : std::nullopt;
}

std::optional<int> month_named(std::string_view text) {
  const auto* found = std::find(std::begin(months), std::end(months), text);
  if (found == std::end(months)) return std::nullopt;
  return static_cast<int>(found - std::begin(months)) + 1;
}

std::vector<std::string> pair_of(int month, int day) {
  return {fmt::format("{}-{}", month, day)};
}

// "5-feb", "feb-05".
std::vector<std::string> undo_month_name(std::string_view text) {
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) return {};
  const std::string_view front = text.substr(0, dash);
  const std::string_view back = text.substr(dash + 1);
  if (const auto month = month_named(back)) {
    if (const auto day = small_number(front, 31)) return pair_of(*month, *day);
  }
  if (const auto month = month_named(front)) {
    if (const auto rest = small_number(back, 99)) return pair_of(*month, *rest);
  }
  return {};
}

// "2월 5일".
std::vector<std::string> undo_korean_date(const std::string& text) {
  const std::size_t month_end = text.find("월");
  if (month_end == std::string::npos || !text.ends_with("일")) return {};
  const std::string_view word = "월";
  std::string_view day = std::string_view(text).substr(month_end + word.size());
  day.remove_suffix(std::string_view("일").size());
  while (day.starts_with(' ')) day.remove_prefix(1);
  const auto month = small_number(std::string_view(text).substr(0, month_end), 12);
  const auto number = small_number(day, 31);
  return month && number ? pair_of(*month, *number) : std::vector<std::string>{};
}

// Cheap: it is asked of every code of a table, and there may be millions.
bool may_be_date(std::string_view value) {
  constexpr std::size_t longest = 64;
  if (value.size() > longest) return false;
  const bool is_ascii = std::all_of(value.begin(), value.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (!is_ascii || value.find('-') != std::string_view::npos) return true;
  return value.find_first_not_of("0123456789 ") == std::string_view::npos;
}

std::vector<std::string> undo_day(Date day) {
  const std::string iso = format_date(day);
  return pair_of((iso[5] - '0') * 10 + iso[6] - '0', (iso[8] - '0') * 10 + iso[9] - '0');
}

}  // namespace

bool is_error_cell(std::string_view value) {
  if (!value.starts_with('#')) return false;
  if (value.size() >= 3 && value.find_first_not_of('#') == std::string_view::npos) return true;
  constexpr std::string_view errors[] = {"#N/A",  "#VALUE!", "#REF!",   "#DIV/0!", "#NUM!",  "#NAME?",
                                         "#NULL!", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!"};
  return std::find(std::begin(errors), std::end(errors), value) != std::end(errors);
}

std::vector<std::string> undo_date(std::string_view value) {
  if (!may_be_date(value)) return {};
  const std::string text = in_lower_case(clean_signs(value));
  if (auto meant = undo_month_name(text); !meant.empty()) return meant;
  if (auto meant = undo_korean_date(text); !meant.empty()) return meant;
  if (const auto day = parse_date(text)) return undo_day(*day);
  int days = 0;  // since 1899-12-30; a pair of numbers becomes a day of the year in which it was typed
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), days);
  if (text.size() == 5 && error == std::errc{} && end == text.data() + text.size() && days > 40'000 && days < 60'000)
    return undo_day(Date{parse_date("1899-12-30")->days + days});
  return {};
}

std::string tidy_list(std::string_view typed) {
  std::string list;
  std::string item;
  const auto end_item = [&](bool last) {
    const std::string clean = in_lower_case(clean_signs(item));
    item.clear();
    if (last && clean.empty()) {
      if (list.ends_with(';')) list.pop_back();
      return;
    }
    list += clean;
    if (!last) list += ';';
  };
  for (const char c : clean_signs(typed)) {
    if (c == ';' || c == ',') {
      end_item(false);
    } else {
      item += c;
    }
  }
  end_item(true);
  return list;
}

std::string in_lower_case(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return lower;
}

std::string key_of_alike(std::string_view word) {
  std::string key = in_lower_case(clean_signs(word));
  std::erase(key, ' ');
  if (key.find_first_not_of("0123456789") != std::string::npos) return key;
  key.erase(0, std::min(key.find_first_not_of('0'), key.size()));
  return key;
}

std::string tidy_list(std::string_view typed, std::span<const std::string_view> words) {
  const std::string list = tidy_list(typed);
  std::string meant;
  for (std::size_t begin = 0; begin <= list.size();) {
    const std::size_t end = std::min(list.find(';', begin), list.size());
    const std::string_view item = std::string_view(list).substr(begin, end - begin);
    const std::size_t word = find_meant_word(item, words);
    if (begin > 0) meant += ';';
    meant += word < words.size() ? words[word] : item;
    begin = end + 1;
  }
  return meant;
}

std::size_t find_explained_word(std::string_view heading, std::string_view value,
                                std::span<const std::string_view> words) {
  const std::string text = clean_signs(heading);
  const std::size_t open = text.find_first_of("([");
  if (open == std::string::npos || value.empty() || value.find_first_not_of("0123456789") != std::string_view::npos)
    return words.size();
  // Numbers and words by turns: 1=남, 2=여 or 남1 여2.
  std::vector<std::string> runs;
  bool after_gap = true;
  bool after_digit = false;
  for (const char c : std::string_view(text).substr(open)) {
    const bool digit = c >= '0' && c <= '9';
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (static_cast<unsigned char>(c) & 0x80U) != 0;
    if (!digit && !letter) {
      after_gap = true;
      continue;
    }
    if (after_gap || digit != after_digit) runs.emplace_back();
    runs.back() += c;
    after_gap = false;
    after_digit = digit;
  }
  if (runs.empty() || runs.size() % 2 != 0) return words.size();
  const std::size_t number = runs.front().find_first_not_of("0123456789") == std::string::npos ? 0 : 1;
  for (std::size_t at = 0; at < runs.size(); at += 2) {
    if (runs[at + number] == value) return find_meant_word(runs[at + 1 - number], words);
  }
  return words.size();
}

std::string list_of_words(std::span<const std::string_view> words) {
  std::string list;
  for (const std::string_view word : words) {
    if (!word.empty()) list += (list.empty() ? "" : ", ") + std::string(word);
  }
  return list;
}

}  // namespace hanjari::package
