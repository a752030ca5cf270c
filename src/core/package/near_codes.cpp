#include "hanjari/package/near_codes.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/korean.h"
#include "hanjari/base/typed_text.h"
#include "package/csv/characters.h"
#include "package/csv/spreadsheet_traces.h"

namespace hanjari::package {
namespace {

bool is_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string_view without_zeros(std::string_view digits) {
  const std::size_t first = digits.find_first_not_of('0');
  return first == std::string_view::npos ? std::string_view("0") : digits.substr(first);
}

// Without the apostrophe or the ="..." that keep a spreadsheet from making a number of a code.
std::string without_marks(std::string text) {
  if (text.size() > 3 && text.starts_with("=\"") && text.ends_with('"')) return text.substr(2, text.size() - 3);
  if (text.size() > 1 && text.front() == '\'') return text.substr(1);
  return text;
}

// The first in the order of bytes, whatever the order in which they come.
std::string find_code(const EachCode& each_code, const std::function<bool(std::string_view)>& is_meant) {
  std::string found;
  each_code([&](std::string_view known) {
    if (is_meant(known) && (found.empty() || known < found)) found = known;
  });
  return found;
}

// 02-05, 2/5 and 2-5 are one pair of numbers.
bool is_same_pair(std::string_view code, std::string_view pair) {
  const std::size_t sign = code.find_first_of("-/");
  const std::size_t dash = pair.find('-');
  if (sign == std::string_view::npos || !is_digits(code.substr(0, sign)) || !is_digits(code.substr(sign + 1)))
    return false;
  return without_zeros(code.substr(0, sign)) == without_zeros(pair.substr(0, dash)) &&
         without_zeros(code.substr(sign + 1)) == without_zeros(pair.substr(dash + 1));
}

// The digits of 010 and of 10.0, which a spreadsheet or a script makes of a code; empty for anything else.
std::string_view whole_digits(std::string_view code) {
  if (code.ends_with(".0")) code.remove_suffix(2);
  return is_digits(code) ? code : std::string_view();
}

// Both name one number. Which of the two tables was spoilt shows in the codes: zeros are lost and never found, and no office
// gives a code with a decimal point.
NearCode same_number(std::string_view code, const std::string& meant, const char* file) {
  const std::string_view own = whole_digits(code);
  const std::string_view known = whole_digits(meant);
  const bool there = known.size() < own.size() || (known.size() == own.size() && meant.ends_with(".0"));
  const std::string right(there ? own : known);
  const bool zeros = own.size() != known.size();
  const std::string place = there ? fmt::format(" in {}", file) : std::string();
  const Text cause = zeros ? Text{fmt::format("leading zeros were lost{}, as spreadsheets do", place),
                                  fmt::format("{}엑셀에서 앞자리 0이 사라진 것으로 보입니다", there ? std::string(file) + "의 값은 " : "")}
                           : Text{fmt::format("a spreadsheet or a program took the code for a number{}", place),
                                  fmt::format("{}엑셀이나 프로그램이 코드를 수로 바꾼 것으로 보입니다", there ? std::string(file) + "의 값은 " : "")};
  return {{{fmt::format("{} does not stand in {}, but {} does: {}", show(code), file, show(meant), cause.en),
            in_korean("{}[은/는] {}에 없고 {}[이/가] 있습니다. {}", show(code), file, show(meant), cause.ko)},
           {fmt::format("write {}{}; give the column the format Text before it is filled", show(right), place),
            there ? fmt::format("{}에 {}", file,
                                in_korean("{}[으로/로] 적으십시오. 값을 넣기 전에 열의 서식을 '텍스트'로 바꾸십시오", show(right)))
                  : in_korean("{}[으로/로] 적으십시오. 값을 넣기 전에 열의 서식을 '텍스트'로 바꾸십시오", show(right))}},
          meant};
}

std::string plain_code(std::string_view code) {
  return in_lower_case(clean_signs(code));
}

// As people write names, whatever the blanks, case and width.
std::string key_of_name(std::string_view name) {
  std::string key = plain_code(name);
  std::erase(key, ' ');
  return key;
}

// The key of codes that are one pair of numbers, 2-5 of 02-05 and 2/5; no code begins so. Empty for anything else.
std::string key_of_pair(std::string_view code) {
  const std::size_t sign = code.find_first_of("-/");
  if (sign == std::string_view::npos || !is_digits(code.substr(0, sign)) || !is_digits(code.substr(sign + 1))) return {};
  return fmt::format("\n{}-{}", without_zeros(code.substr(0, sign)), without_zeros(code.substr(sign + 1)));
}

// Where the table that defines the codes was spoilt: `code` is a pair of numbers, and one code there is a date that a spreadsheet makes of
// it; or both are dates of one pair. A number of five digits, which may be a day, is held against pairs alone: ids are such numbers, too.
std::optional<NearCode> find_dated_code(std::string_view code, const char* file, const EachCode& each_code) {
  const std::string own_pair = key_of_pair(code);
  std::vector<std::string> pairs;
  if (!own_pair.empty()) {
    pairs.push_back(own_pair);
  } else if (!is_digits(code)) {
    for (const std::string& pair : undo_date(code)) pairs.push_back(key_of_pair(pair));
  }
  if (pairs.empty()) return std::nullopt;
  std::set<std::string, std::less<>> found;
  each_code([&](std::string_view known) {
    if (own_pair.empty() && is_digits(known)) return;
    for (const std::string& pair : undo_date(known)) {
      if (std::find(pairs.begin(), pairs.end(), key_of_pair(pair)) != pairs.end()) found.emplace(known);
    }
  });
  if (found.size() != 1) return std::nullopt;  // of several nobody can say which
  const std::string& meant = *found.begin();
  const bool there = !own_pair.empty();
  const std::string right = show(there ? code : std::string_view(pairs.front()).substr(1));
  return NearCode{
      {{fmt::format("{} does not stand in {}, but {} does: a spreadsheet made a date of it {}", show(code), file, show(meant),
                    there ? fmt::format("in {}", file) : "in both"),
        in_korean("{}[은/는] {}에 없고 {}[이/가] 있습니다. {} 엑셀이 날짜로 바꾼 것으로 보입니다", show(code), file, show(meant),
                  there ? fmt::format("{}의 값은", file) : std::string("두 값 모두"))},
       there ? Text{fmt::format("write {} in {}; give the column the format Text before it is filled", right, file),
                    fmt::format("{}에 {}", file,
                                in_korean("{}[으로/로] 적으십시오. 값을 넣기 전에 열의 서식을 '텍스트'로 바꾸십시오", right))}
             : Text{fmt::format("write the code of the notice, such as {}, in both; give the columns the format Text before they are filled",
                                right),
                    fmt::format("두 곳에 {}처럼 공고의 코드를 적으십시오. 값을 넣기 전에 열의 서식을 '텍스트'로 바꾸십시오", right)}},
      meant};
}

}  // namespace

bool is_rounded_number(std::string_view text) {
  const std::size_t e = text.find_first_of("eE");
  if (e == std::string_view::npos || e == 0 || e + 1 >= text.size()) return false;
  // 12E5 may be a code; 1.2E5 and 12E+05 are numbers.
  const bool has_plus = text[e + 1] == '+';
  if (!has_plus && text.substr(0, e).find('.') == std::string_view::npos) return false;
  if (!is_digits(text.substr(e + (has_plus ? 2 : 1)))) return false;
  std::string mantissa(text.substr(0, e));
  std::replace(mantissa.begin(), mantissa.end(), ',', '.');
  const std::size_t point = mantissa.find('.');
  return is_digits(std::string_view(mantissa).substr(0, point)) &&
         (point == std::string::npos || is_digits(std::string_view(mantissa).substr(point + 1)));
}

IdentifierFault rounded_number_fault(std::string_view text) {
  // 1.5E+1 is not long: a column had the format of large numbers.
  constexpr int shortest_rounded = 4;
  const std::string_view power = text.substr(std::min(text.find_last_of("eE+"), text.size() - 1) + 1);
  if (power.size() <= 2 && is_digits(power) && std::stoi(std::string(power)) < shortest_rounded) {
    return {{fmt::format("{} is how a spreadsheet shows large numbers (scientific notation)", show(text)),
             in_korean("{}[은/는] 엑셀이 큰 수를 나타내는 지수 표기입니다", show(text))},
            {"give the column the format Number, or Text for codes, and save the file again",
             "열의 서식을 '숫자'로, 코드면 '텍스트'로 바꾸고 다시 저장하십시오"}};
  }
  return {{fmt::format("{} is a long number that a spreadsheet rounded; its last digits are lost", show(text)),
           in_korean("{}[은/는] 엑셀이 반올림한 긴 숫자입니다. 끝자리가 사라졌습니다", show(text))},
          {"take the file from its source again, and give the column the format Text before opening it",
           "원본에서 파일을 다시 내려받고, 열기 전에 열의 서식을 '텍스트'로 지정하십시오"}};
}

std::optional<NearCode> find_near_code(std::string_view code, const char* file, const EachCode& each_code) {
  if (is_rounded_number(code)) return NearCode{rounded_number_fault(code), {}};
  if (!is_valid_utf8(code)) return std::nullopt;
  const std::string composed = normalize_nfc(code);
  if (composed != code) {
    const std::string meant = find_code(each_code, [&](std::string_view known) { return known == composed; });
    if (!meant.empty()) {
      return NearCode{
          {{fmt::format("{} is written in another Unicode normal form than in {} (not NFC: its letters are taken apart)",
                       show(code), file),
           in_korean("{}[은/는] {}[과/와] 유니코드 정규형이 다릅니다(NFC가 아니라 자모가 풀어진 형태)", show(code),
                       file)},
          {fmt::format("write {} in normal form C, as files of macOS often are not", show(meant)),
           in_korean("{}[을/를] 정규형 C(NFC)로 적으십시오. macOS에서 만든 파일에 흔합니다", show(meant))}},
          meant};
    }
  }
  if (const std::string_view own = whole_digits(code); !own.empty()) {
    const std::string meant = find_code(each_code, [&](std::string_view known) {
      const std::string_view digits = whole_digits(known);
      return !digits.empty() && without_zeros(digits) == without_zeros(own);
    });
    if (!meant.empty()) return same_number(code, meant, file);
  }
  const std::string plain = in_lower_case(without_marks(clean_signs(code)));
  const std::string meant = find_code(each_code, [&](std::string_view known) { return plain_code(known) == plain; });
  for (const std::string& pair : undo_date(code)) {
    const std::string day = find_code(each_code, [&](std::string_view known) { return is_same_pair(known, pair); });
    if (day.empty()) continue;
    return NearCode{
        {{fmt::format("{} does not stand in {}, but {} does: a spreadsheet made a date of it", show(code), file,
                     show(day)),
         in_korean("{}[은/는] {}에 없고 {}[이/가] 있습니다. 엑셀이 날짜로 바꾼 것으로 보입니다", show(code), file,
                     show(day))},
        {fmt::format("write {}; give the column the format Text before it is filled", show(day)),
         in_korean("{}[으로/로] 적으십시오. 값을 넣기 전에 열의 서식을 '텍스트'로 바꾸십시오", show(day))}},
        day};
  }
  if (meant.empty()) {
    if (auto dated = find_dated_code(code, file, each_code)) return dated;
    // 10.0 for 010 behind an apostrophe or in full width.
    const std::string_view own = whole_digits(plain);
    const std::string number = own.empty() || plain == code ? std::string() : find_code(each_code, [&](std::string_view known) {
      const std::string_view digits = whole_digits(known);
      return !digits.empty() && without_zeros(digits) == without_zeros(own);
    });
    return number.empty() ? std::nullopt : std::optional(same_number(plain, number, file));
  }
  return NearCode{
      {{fmt::format("{} does not stand in {}, but {} does: blanks, width, case or quotes differ", show(code), file, show(meant)),
        in_korean("{}[은/는] {}에 없고 {}[이/가] 있습니다. 빈칸, 전각·반각, 대소문자나 따옴표가 다릅니다", show(code), file,
                  show(meant))},
       {fmt::format("write {}", show(meant)), in_korean("{}[으로/로] 적으십시오", show(meant))}},
      meant};
}

void NearCodes::add(std::string_view code) {
  const std::string_view digits = whole_digits(code);
  const auto note = [&](std::string key) {
    std::vector<std::string>& same = by_key_[std::move(key)];
    if (std::find(same.begin(), same.end(), code) == same.end()) same.emplace_back(code);
  };
  note(plain_code(code));
  if (!digits.empty() && without_zeros(digits) != code) note(std::string(without_zeros(digits)));
  if (std::string pair = key_of_pair(code); !pair.empty()) {
    note(std::move(pair));
  } else {
    for (const std::string& dated : undo_date(code)) note(key_of_pair(dated));
  }
  known_.emplace(code);
}

void NearCodes::add_name(std::string_view name, std::string_view code) {
  if (std::string key = key_of_name(name); !key.empty()) codes_of_name_[std::move(key)].emplace(code);
}

std::optional<NearCode> NearCodes::find_named(std::string_view name) const {
  const auto found = codes_of_name_.find(key_of_name(name));
  if (found == codes_of_name_.end()) return std::nullopt;
  std::string codes;
  for (const std::string& code : found->second) codes += (codes.empty() ? "" : ", ") + show(code);
  const bool only = found->second.size() == 1;
  return NearCode{{{fmt::format("{} is a name and not a code; {} calls {} so", show(name), file_, codes),
                    in_korean("{}[은/는] 코드가 아니라 이름입니다. {}에서 {}의 이름입니다", show(name), file_, codes)},
                   only ? Text{fmt::format("write {}", codes), in_korean("{}[으로/로] 적으십시오", codes)}
                        : Text{fmt::format("write the one that is meant of {}", codes),
                               fmt::format("다음 가운데 맞는 코드를 적으십시오: {}", codes)}},
                  only ? *found->second.begin() : std::string()};
}

std::optional<NearCode> NearCodes::find(std::string_view code) const {
  if (known_.contains(code)) return std::nullopt;
  const std::string plain = in_lower_case(without_marks(clean_signs(code)));
  std::vector<std::string> candidates;
  const auto take_all = [&](std::string_view key) {
    if (const auto found = by_key_.find(std::string(key)); found != by_key_.end())
      candidates.insert(candidates.end(), found->second.begin(), found->second.end());
  };
  take_all(plain);
  if (const std::string_view digits = whole_digits(plain); !digits.empty()) take_all(without_zeros(digits));
  if (candidates.empty()) {
    // Any number of five digits may have been a date: ids are such numbers, too, and are not held against all others.
    for (const std::string& pair : undo_date(code)) take_all(key_of_pair(pair));
    if (const std::string pair = key_of_pair(code); !pair.empty()) take_all(pair);
  }
  if (auto near = find_near_code(code, file_, [&](const auto& take) {
        for (const std::string& known : candidates) take(known);
      }))
    return near;
  return find_named(code);
}

}  // namespace hanjari::package
