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

// A word that people write for a word of a closed list, without blanks and in lower case. One may stand for words of
// several lists; the empty word is that of lists in which nothing special is said so.
struct ValueWord {
  std::string_view typed;
  std::string_view word;
};

constexpr ValueWord value_words[] = {
    {"남", "M"},
    {"남자", "M"},
    {"남성", "M"},
    {"male", "M"},
    {"man", "M"},
    {"여", "F"},
    {"여자", "F"},
    {"여성", "F"},
    {"female", "F"},
    {"woman", "F"},
    {"일반", "general"},
    {"일반모집", "general"},
    {"일반", "regular"},
    {"일반시험장", "regular"},
    {"일반", ""},
    {"없음", ""},
    {"해당없음", ""},
    {"장애", "disabled"},
    {"장애인", "disabled"},
    {"저소득", "low_income"},
    {"저소득층", "low_income"},
    {"보훈", "veterans_referral"},
    {"보훈청추천", "veterans_referral"},
    {"고졸", "high_school_leaver"},
    {"고졸자", "high_school_leaver"},
    {"고교졸업자", "high_school_leaver"},
    {"격리", "isolation"},
    {"격리자", "isolation"},
    {"격리시험장", "isolation"},
    {"편의지원", "accommodation"},
    {"편의지원시험장", "accommodation"},
    {"예비", "reserve"},
    {"예비실", "reserve"},
    {"예비시험실", "reserve"},
    {"시험", "exam"},
    {"시험실", "exam"},
    {"일반시험실", "exam"},
    {"시험실", "room"},
    {"별도", "separate"},
    {"별도시험실", "separate"},
    {"응시자", "person"},
    {"사람", "person"},
    {"시험장", "venue"},
    {"고사장", "venue"},
    {"학교", "venue"},
    {"응시자", "applicant"},
    {"지원자", "applicant"},
    {"수험생", "applicant"},
    {"모집단위", "unit"},
    {"직렬", "unit"},
    {"휠체어", "accessible"},
    {"휠체어접근", "accessible"},
    {"휠체어가능", "accessible"},
    {"접근가능", "accessible"},
    {"무장애", "accessible"},
    {"출석", "present"},
    {"응시", "present"},
    {"정상응시", "present"},
    {"결시", "absent"},
    {"결석", "absent"},
    {"미응시", "absent"},
    {"불참", "absent"},
    {"이동", "moved"},
    {"이동응시", "moved"},
    {"부정행위", "misconduct"},
    {"부정행위자", "misconduct"},
    {"응시포기", "withdrawal"},
    {"포기", "withdrawal"},
    {"서류지연", "late_documents"},
    {"서류지연제출", "late_documents"},
    {"시험무효", "annulled"},
    {"무효", "annulled"},
    {"상", "high"},
    {"중", "middle"},
    {"하", "low"},
    {"공통", "common"},
    {"필수", "common"},
    {"선택", "elective"},
    {"책임", "chief"},
    {"책임감독", "chief"},
    {"책임감독관", "chief"},
    {"정감독", "chief"},
    {"정감독관", "chief"},
    {"주감독", "chief"},
    {"주감독관", "chief"},
    {"감독", "invigilator"},
    {"감독관", "invigilator"},
    {"부감독", "invigilator"},
    {"부감독관", "invigilator"},
    {"보조감독", "invigilator"},
    {"보조감독관", "invigilator"},
    {"복도", "corridor"},
    {"복도감독", "corridor"},
    {"복도감독관", "corridor"},
    {"예비감독", "reserve"},
    {"예비감독관", "reserve"},
    {"이동", "move"},
    {"시험실교환", "swap_rooms"},
    {"교환", "swap"},
    {"맞교환", "swap"},
    {"교대", "swap"},
    {"제외", "take_off"},
    {"빼기", "take_off"},
    {"고정", "lock"},
    {"잠금", "lock"},
    {"고정해제", "unlock"},
    {"잠금해제", "unlock"},
    {"되돌리기", "undo"},
    {"없음", "none"},
    {"해당없음", "none"},
    {"제한없음", "none"},
    {"기준일", "on_day"},
    {"기준일거주", "on_day"},
    {"기준일또는3년", "on_day_or_three_years"},
    {"기준일또는3년이상", "on_day_or_three_years"},
    {"인사혁신처", "ministry"},
    {"시도", "city"},
    {"시.도", "city"},
    {"자체", "city"},
    {"미착수", "not_started"},
    {"시작전", "not_started"},
    {"초안", "drafted"},
    {"교차검토", "cross_checked"},
    {"검토완료", "cross_checked"},
    {"확정", "settled"},
    {"필요", "needed"},
    {"필수", "needed"},
    {"선택", "optional"},
    {"예", "yes"},
    {"네", "yes"},
    {"동의", "yes"},
    {"동의함", "yes"},
    {"동의합니다", "yes"},
    {"y", "yes"},
    {"o", "yes"},
    {"true", "yes"},
    {"참", "yes"},
    {"아니오", "no"},
    {"아니요", "no"},
    {"미동의", "no"},
    {"비동의", "no"},
    {"동의하지않음", "no"},
    {"거부", "no"},
    {"false", "no"},
    {"거짓", "no"},
    {"부동의", "no"},
    {"동의안함", "no"},
    {"n", "no"},
    {"x", "no"},
};

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

std::size_t find_meant_word(std::string_view typed, std::span<const std::string_view> words) {
  const std::string value = in_lower_case(clean_signs(typed));
  const auto same = std::find_if(words.begin(), words.end(), [&](auto word) { return in_lower_case(word) == value; });
  if (same != words.end() || value.empty()) return static_cast<std::size_t>(same - words.begin());
  std::string joined = value;
  std::erase(joined, ' ');
  for (const ValueWord& known : value_words) {
    if (known.typed != joined) continue;
    const auto meant = std::find(words.begin(), words.end(), known.word);
    if (meant != words.end()) return static_cast<std::size_t>(meant - words.begin());
  }
  return words.size();
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
