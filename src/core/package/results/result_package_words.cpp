// Words of a result package as offices write them: extra points, and subjects that somebody chose.
#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/korean.h"
#include "hanjari/base/typed_text.h"
#include "package/csv/characters.h"
#include "package/csv/spreadsheet_traces.h"
#include "package/results/result_package_parts.h"

namespace hanjari::package {
namespace {

struct BonusName {
  std::string_view typed;  // in lower case, without blanks, signs and the number of percent behind it
  std::string_view word;   // without that number
};
constexpr BonusName bonus_names[] = {{"veteran", "veteran"},          {"취업지원", "veteran"},
                                     {"취업지원대상자", "veteran"},   {"취업보호대상자", "veteran"},
                                     {"보훈", "veteran"},             {"보훈대상자", "veteran"},
                                     {"국가유공자", "veteran"},       {"hero", "hero"},
                                     {"의사상자", "hero"},            {"의사상자등", "hero"},
                                     {"의사자", "hero"},              {"의상자", "hero"},
                                     {"licence", "licence"},          {"license", "licence"},
                                     {"자격증", "licence"},           {"자격증가산", "licence"},
                                     {"가산자격증", "licence"},       {"자격", "licence"}};

// "취업지원대상자 (10%)" without blanks, brackets and the word or sign for percent and points.
std::string folded_bonus(std::string_view item) {
  std::string text(item);
  // 1.0% is not 10%: a full stop between digits stays, and makes a word that nobody knows of it.
  for (std::size_t at = text.find('.'); at != std::string::npos; at = text.find('.', at)) {
    const auto is_digit = [&](std::size_t place) { return place < text.size() && text[place] >= '0' && text[place] <= '9'; };
    if (at > 0 && is_digit(at - 1) && is_digit(at + 1)) {
      ++at;
    } else {
      text.erase(at, 1);
    }
  }
  for (const std::string_view word : {" ", "(", ")", "[", "]", "_", "-", ":", "%", "퍼센트", "점"}) {
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word)) text.erase(at, word.size());
  }
  return text;
}

// veteran_10 of 취업지원대상자 10%; the item itself where it is none.
std::string bonus_word_of(std::string_view item) {
  const std::string folded = folded_bonus(item);
  const std::size_t number = folded.find_last_not_of("0123456789") + 1;
  const auto* found = std::find_if(std::begin(bonus_names), std::end(bonus_names), [&](const BonusName& known) {
    return known.typed == std::string_view(folded).substr(0, number);
  });
  if (found == std::end(bonus_names) || number == folded.size()) return std::string(item);
  return fmt::format("{}_{}", found->word, folded.substr(number));
}

}  // namespace

std::optional<selection::Bonuses> read_bonuses(std::string_view typed) {
  if (auto plain = selection::parse_bonuses(typed)) return plain;
  std::string list = clean_signs(typed);
  std::replace_if(list.begin(), list.end(), [](char c) { return c == '/' || c == '+'; }, ';');
  list = tidy_list(list);
  std::string words;
  for (std::size_t begin = 0; begin <= list.size();) {
    const std::size_t end = std::min(list.find(';', begin), list.size());
    const std::string item = list.substr(begin, end - begin);
    begin = end + 1;
    const std::string folded = folded_bonus(item);
    constexpr std::string_view none[] = {"", "없음", "해당없음", "무", "none"};
    if (std::find(std::begin(none), std::end(none), folded) != std::end(none)) continue;
    words += (words.empty() ? "" : ";") + bonus_word_of(item);
  }
  return selection::parse_bonuses(words);
}

std::string read_chosen_subjects(std::string_view typed) {
  std::string list;
  std::string item;
  const auto end_item = [&] {
    const std::string code = clean_signs(item);
    item.clear();
    if (!code.empty() && code != "-" && code != "없음") list += (list.empty() ? "" : ";") + code;
  };
  for (const char c : typed) {
    if (c == ';' || c == ',') {
      end_item();
    } else {
      item += c;
    }
  }
  end_item();
  return list;
}

Text unknown_bonus(std::string_view list) {
  return {fmt::format("{} holds an unknown bonus word", show(list)),
          fmt::format("{}에 알 수 없는 가산 구분이 있습니다", show(list))};
}

Text known_bonuses() {
  return {"use veteran_10, veteran_5, hero_5, hero_3, licence_5, licence_3, joined by ;",
          "veteran_10(취업지원대상자 10%), veteran_5, hero_5(의사상자 등 5%), hero_3, licence_5(자격증 5%), licence_3을 ;로 이어 적으십시오"};
}

}  // namespace hanjari::package
