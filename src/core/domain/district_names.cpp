// The district that an address names.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "hanjari/base/korean.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/domain/district_facts.h"

namespace hanjari {
namespace {

using AddressWords = std::vector<std::string>;

struct ProvinceWord {
  std::string_view word;
  std::string_view code;
};

// What provinces are called beside the names of their facts: once, in short, or in English without the rank.
constexpr ProvinceWord province_words[] = {
    {"서울시", "11"},     {"부산시", "26"},     {"대구시", "27"},   {"인천시", "28"},   {"광주시", "29"},
    {"대전시", "30"},     {"울산시", "31"},     {"세종시", "36"},   {"강원도", "51"},   {"전라북도", "52"},
    {"전북도", "52"},     {"제주도", "50"},     {"gyeonggi", "41"},   {"gangwon", "51"},  {"jeju", "50"},
    {"gangwon-state", "51"}, {"jeonbuk-state", "52"},
    {"chungbuk", "43"},   {"chungnam", "44"},   {"jeonbuk", "52"},  {"jeonnam", "46"},  {"gyeongbuk", "47"},
    {"gyeongnam", "48"},  {"전남광주통합특별시", "29"}, {"전남광주통합특별시", "46"},
    {"전남광주", "29"},   {"전남광주", "46"},
};

// Names that districts had, or have with people, by the province in which they stand in addresses.
struct OtherName {
  std::string_view province;
  std::string_view word;
  std::string_view code;
};

constexpr OtherName other_names[] = {
    {"28", "남구", "28177"}, {"47", "군위군", "27720"}, {"41", "여주군", "41670"}, {"44", "당진군", "44270"},
    {"43", "청원군", "43114"}, {"44", "연기군", "36110"}, {"26", "진구", "26230"},
    // Changwon was joined from three cities, of which Masan had two districts.
    {"48", "마산시", "48120"}, {"48", "마산시 합포구", "48125"}, {"48", "마산시 회원구", "48127"},
    {"48", "합포구", "48125"}, {"48", "회원구", "48127"}, {"48", "진해시", "48129"},
    {"46", "여천시", "46130"}, {"46", "여천군", "46130"}, {"46", "승주군", "46150"}, {"46", "동광양시", "46230"},
    {"46", "나주군", "46170"}, {"50", "북제주군", "50110"}, {"50", "남제주군", "50130"},
    {"52", "이리시", "52140"}, {"52", "익산군", "52140"}, {"52", "옥구군", "52130"}, {"52", "정주시", "52180"},
    {"48", "충무시", "48220"}, {"48", "통영군", "48220"}, {"48", "장승포시", "48310"}, {"48", "거제군", "48310"},
    {"48", "삼천포시", "48240"}, {"48", "사천군", "48240"}, {"48", "울주군", "31710"},
    {"47", "점촌시", "47280"}, {"47", "영풍군", "47210"}, {"47", "금릉군", "47150"}, {"47", "선산군", "47190"},
    {"47", "영일군", "47110"}, {"47", "경주군", "47130"}, {"47", "달성군", "27710"},
    {"44", "온양시", "44200"}, {"44", "대천시", "44180"}, {"43", "중원군", "43130"}, {"43", "제원군", "43150"},
    {"51", "명주군", "51150"}, {"51", "원주군", "51130"}, {"51", "춘천군", "51110"}, {"51", "춘성군", "51110"},
    {"41", "송탄시", "41220"}, {"41", "미금시", "41360"}, {"41", "화성군", "41590"}, {"41", "포천군", "41650"},
    {"41", "양주군", "41630"}, {"41", "강화군", "28710"}, {"41", "옹진군", "28720"},
};

std::string without_capitals(std::string_view text) {
  std::string changed(text);
  for (char& c : changed) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return changed;
}

bool is_latin(std::string_view word) {
  return !word.empty() && word.front() >= 'a' && word.front() <= 'z';
}

std::vector<const ProvinceFact*> provinces_called(std::string_view word) {
  std::vector<const ProvinceFact*> called_so;
  const bool latin = is_latin(word);
  for (const ProvinceFact& province : province_facts()) {
    const bool called = word == province.ko || word == province.short_ko ||
                        (latin && word == without_capitals(province.en)) ||
                        std::any_of(std::begin(province_words), std::end(province_words), [&](const ProvinceWord& known) {
                          return known.code == province.code && known.word == word;
                        });
    if (called) called_so.push_back(&province);
  }
  return called_so;
}

// The city of a district of a city, and the last word of the name; the city is empty where there is none.
std::pair<std::string_view, std::string_view> parts_of(std::string_view ko) {
  const std::size_t blank = ko.find(' ');
  if (blank == std::string_view::npos) return {{}, ko};
  return {ko.substr(0, blank), ko.substr(blank + 1)};
}

// Without 시, 군 or 구, as people say it behind the name of the province; empty when too little is left to be a name.
std::string_view stem_of(std::string_view name) {
  const std::string_view rank = "시";
  if (!name.ends_with(rank) && !name.ends_with("군") && !name.ends_with("구")) return {};
  name.remove_suffix(rank.size());
  return name.size() >= 6 ? name : std::string_view{};  // two syllables
}

// How many words from `at` on name the district in English, the larger first: "suwon-si jangan-gu".
std::size_t count_latin_words_naming(const DistrictFact& fact, const AddressWords& words, std::size_t at) {
  const std::string en = without_capitals(fact.en);
  const std::size_t comma = en.find(", ");
  if (comma == std::string::npos) return words[at] == en ? 1 : 0;
  const std::string own = en.substr(0, comma);
  if (words[at] == en.substr(comma + 2) && at + 1 < words.size() && words[at + 1] == own) return 2;
  return words[at] == own ? 1 : 0;
}

// How many words from `at` on name the district; 0 when they name another. The short form without 시, 군 or 구
// counts only behind a province.
std::size_t count_words_naming(const DistrictFact& fact, const AddressWords& words, std::size_t at, bool behind_province) {
  const std::string_view word = words[at];
  if (is_latin(word)) return count_latin_words_naming(fact, words, at);
  const auto [city, own] = parts_of(fact.ko);
  if (city.empty()) return word == own || (behind_province && word == stem_of(own)) ? 1 : 0;
  if ((word == city || word == stem_of(city)) && at + 1 < words.size() && words[at + 1] == own) return 2;
  const bool together = word.size() == city.size() + own.size() && word.starts_with(city) && word.ends_with(own);
  return word == own || together ? 1 : 0;
}

// The same of a name that a district had.
std::size_t count_words_naming(const OtherName& other, const AddressWords& words, std::size_t at, bool behind_province) {
  const auto [city, own] = parts_of(other.word);
  if (city.empty()) return words[at] == own || (behind_province && words[at] == stem_of(own)) ? 1 : 0;
  return (words[at] == city || words[at] == stem_of(city)) && at + 1 < words.size() && words[at + 1] == own ? 2 : 0;
}

struct Match {
  std::vector<const DistrictFact*> facts;  // that the most words name
  std::size_t words = 0;

  void take(const DistrictFact& fact, std::size_t count) {
    if (count == 0 || count < words) return;
    if (count > words) facts.clear();
    words = count;
    if (std::find(facts.begin(), facts.end(), &fact) == facts.end()) facts.push_back(&fact);
  }
};

bool is_among(const std::vector<const ProvinceFact*>& provinces, std::string_view code) {
  return std::any_of(provinces.begin(), provinces.end(),
                     [&](const ProvinceFact* province) { return code.starts_with(province->code); });
}

// The districts that the words at `at` name, of these provinces; of all when there are none.
Match match_at(const AddressWords& words, std::size_t at, const std::vector<const ProvinceFact*>& provinces) {
  Match match;
  for (const DistrictFact& fact : district_facts()) {
    if (provinces.empty() || is_among(provinces, fact.code))
      match.take(fact, count_words_naming(fact, words, at, !provinces.empty()));
  }
  if (match.words > 1) return match;
  for (const OtherName& other : other_names) {
    if (provinces.empty() || is_among(provinces, other.province))
      match.take(*find_district_fact(other.code), count_words_naming(other, words, at, !provinces.empty()));
  }
  return match;
}

// "jangan-gu, suwon-si, gyeonggi-do": before the province, the smaller first.
Match match_before(const AddressWords& words, std::size_t province, const std::vector<const ProvinceFact*>& provinces) {
  Match match;
  for (const DistrictFact& fact : district_facts()) {
    if (province == 0 || !is_among(provinces, fact.code)) continue;
    const std::string en = without_capitals(fact.en);
    const std::size_t comma = en.find(", ");
    if (comma == std::string::npos) {
      match.take(fact, words[province - 1] == en ? 1 : 0);
    } else if (province > 1) {
      match.take(fact, words[province - 1] == en.substr(comma + 2) && words[province - 2] == en.substr(0, comma) ? 2 : 0);
    }
  }
  return match;
}

// Where the address begins behind the country and the postcode.
std::size_t find_beginning(const AddressWords& words) {
  std::size_t at = 0;
  while (at + 1 < words.size()) {
    const std::string& word = words[at];
    const bool postcode = (word.size() == 5 || word.size() == 7) &&
                          word.find_first_not_of("0123456789-") == std::string::npos;
    if (!postcode && word != "대한민국" && word != "한국" && word != "우") break;
    ++at;
  }
  return at;
}

bool is_of(const ProvinceFact& province, const DistrictFact& fact) {
  return fact.code.starts_with(province.code);
}

// The name of a city, a county or a district of the province with which the text begins, the longest; empty when there
// is none.
std::string_view leading_district(const ProvinceFact& province, std::string_view text) {
  std::string_view longest;
  for (const DistrictFact& fact : district_facts()) {
    if (!is_of(province, fact)) continue;
    const auto [city, own] = parts_of(fact.ko);
    const std::string_view name = city.empty() ? own : city;
    if (name.size() > longest.size() && text.starts_with(name)) longest = name;
  }
  return longest;
}

// "수원시장안구정자동" as its words: the city, its district, and what is left.
AddressWords split_district(const ProvinceFact& province, std::string_view text) {
  AddressWords words;
  const std::string_view name = leading_district(province, text);
  if (!name.empty()) words.emplace_back(name);
  text.remove_prefix(name.size());
  for (const DistrictFact& fact : district_facts()) {
    const auto [city, own] = parts_of(fact.ko);
    if (name.empty() || city != name || !is_of(province, fact) || !text.starts_with(own)) continue;
    words.emplace_back(own);
    text.remove_prefix(own.size());
    break;
  }
  if (!text.empty()) words.emplace_back(text);
  return words;
}

// How many bytes at the beginning of the word name the province with something written against it: its whole name of a
// city (서울특별시종로구), or any of its names before one of its districts (경기도수원시, 서울강남구역삼동). Not 경기도 alone,
// with which other words begin.
std::size_t count_glued_bytes(const ProvinceFact& province, std::string_view word) {
  std::size_t longest = 0;
  const auto try_name = [&](std::string_view name, bool alone) {
    if (name.size() <= longest || word.size() <= name.size() || !word.starts_with(name)) return;
    if (alone || !leading_district(province, word.substr(name.size())).empty()) longest = name.size();
  };
  try_name(province.ko, province.ko.ends_with("시"));
  try_name(province.short_ko, false);
  for (const ProvinceWord& known : province_words) {
    if (known.code == province.code) try_name(known.word, false);
  }
  return longest;
}

// Gwangju in Gyeonggi-do and the city of the rank of a province have one name.
bool is_either_gwangju(std::string_view word) {
  return word == "광주" || word == "광주시" || word == "gwangju" || word == "gwangju-si";
}

std::vector<const DistrictFact*> both_gwangjus() {
  std::vector<const DistrictFact*> both{find_district_fact("41610")};
  for (const DistrictFact& fact : district_facts()) {
    if (fact.code.starts_with("29")) both.push_back(&fact);
  }
  return both;
}

// A name that no district has today. Parts of such a district may have come to several others, so that it contradicts none.
bool is_former_name(std::string_view word) {
  const auto facts = district_facts();
  return std::any_of(std::begin(other_names), std::end(other_names),
                     [&](const OtherName& other) { return other.word == word; }) &&
         std::none_of(facts.begin(), facts.end(), [&](const DistrictFact& fact) { return parts_of(fact.ko).second == word; });
}

// Whether what was matched can be none of the districts that the address names already.
bool is_another_place(const Match& match, const std::vector<const DistrictFact*>& named) {
  return match.words > 0 && std::none_of(match.facts.begin(), match.facts.end(), [&](const DistrictFact* fact) {
           return std::any_of(named.begin(), named.end(),
                              [&](const DistrictFact* known) { return is_one_place(*known, *fact); });
         });
}

// With its rank: the short form may be a part of the name of a building.
bool is_ranked(std::string_view word) {
  return is_latin(word) || word.ends_with("시") || word.ends_with("군") || word.ends_with("구");
}

// The word by which the address names a district elsewhere than those that were found in the words from `begin` to
// before `end`; empty when there is none. Only places where nothing but a district stands are looked at: the beginning,
// the word right behind the district, and a province with its district. Streets and buildings have names of districts.
std::string find_other_name(const AddressWords& words, std::size_t begin, std::size_t end,
                            const std::vector<const DistrictFact*>& named) {
  const std::size_t first = find_beginning(words);
  if (first < begin && !is_either_gwangju(words[first]) && !is_former_name(words[first]) && provinces_called(words[first]).empty() &&
      is_another_place(match_at(words, first, {}), named)) {
    return words[first];
  }
  if (end < words.size() && !is_former_name(words[end]) && is_another_place(match_at(words, end, {}), named))
    return words[end];
  for (std::size_t at = end; at + 1 < words.size(); ++at) {
    if (words[at - 1] == "구" || words[at - 1] == "옛") continue;  // what the place was called before
    const auto provinces = provinces_called(words[at]);
    if (provinces.empty() || is_former_name(words[at + 1])) continue;
    const Match match = match_at(words, at + 1, provinces);
    if ((match.words > 1 || is_ranked(words[at + 1])) && is_another_place(match, named)) return words[at + 1];
  }
  return {};
}

// "jongno gu" is typed for "jongno-gu".
AddressWords with_joined_ranks(AddressWords words) {
  AddressWords joined;
  for (std::string& word : words) {
    const bool rank = word == "gu" || word == "si" || word == "gun";
    if (rank && !joined.empty() && is_latin(joined.back())) {
      joined.back() += "-" + word;
    } else {
      joined.push_back(std::move(word));
    }
  }
  return joined;
}

// Not 서울특별시, of which the last letters say a rank too, but of a province.
bool is_ranked_name(const std::string& word) {
  if (!provinces_called(word).empty()) return false;
  if (is_latin(word)) return word.ends_with("-gu") || word.ends_with("-gun") || word.ends_with("-si");
  const std::string_view rank = "시";
  return word.size() > rank.size() && (word.ends_with(rank) || word.ends_with("군") || word.ends_with("구"));
}

// Whether the word belongs to the name of the district, written out with its province, its country and its code.
bool is_part_of_name(const std::string& word, const DistrictFact& district) {
  if (word == district.code || word == "대한민국" || word == "한국") return true;
  for (const ProvinceFact* province : provinces_called(word)) {
    if (is_of(*province, district)) return true;
  }
  for (const OtherName& other : other_names) {
    const auto [city, own] = parts_of(other.word);
    if (other.code == district.code && (word == own || word == city || word == stem_of(own))) return true;
  }
  if (is_latin(word)) {
    const std::string en = without_capitals(district.en);
    const std::size_t comma = en.find(", ");
    return word == en || (comma != std::string::npos && (word == en.substr(0, comma) || word == en.substr(comma + 2)));
  }
  const auto [city, own] = parts_of(district.ko);
  return word == own || word == stem_of(own) || (!city.empty() && (word == city || word == stem_of(city) || word == std::string(city) + std::string(own)));
}

}  // namespace

bool NamedDistrict::may_be(const DistrictFact& district) const {
  if (!candidates.empty()) {
    return std::any_of(candidates.begin(), candidates.end(),
                       [&](const DistrictFact* candidate) { return is_one_place(*candidate, district); });
  }
  return provinces.empty() || is_among(provinces, district.code);
}

NamedDistrict find_named_district(const AddressWords& words) {
  for (std::size_t at = 0; at < words.size(); ++at) {
    const auto provinces = provinces_called(words[at]);
    if (provinces.empty()) continue;
    if (at + 1 < words.size()) {
      Match match = match_at(words, at + 1, provinces);
      if (match.words > 0) {
        std::string other = find_other_name(words, at, at + 1 + match.words, match.facts);
        return {std::move(match.facts), provinces, words[at + 1], std::move(other)};
      }
    }
    Match match = match_before(words, at, provinces);
    if (match.words > 0) {
      std::string other = find_other_name(words, at - match.words, at + 1, match.facts);
      return {std::move(match.facts), provinces, words[at - 1], std::move(other)};
    }
  }
  const std::size_t first = find_beginning(words);
  if (first >= words.size()) return {};
  if (is_either_gwangju(words[first])) return {both_gwangjus(), {}, words[first]};
  const auto provinces = provinces_called(words[first]);
  // Sejong has no districts.
  if (!provinces.empty() && provinces.front()->code == "36") return {{find_district_fact("36110")}, provinces, words[first]};
  if (!provinces.empty()) return {{}, provinces, {}};
  Match match = match_at(words, first, {});
  if (match.words == 0) return {};
  std::string other = find_other_name(words, first, first + match.words, match.facts);
  return {std::move(match.facts), {}, words[first], std::move(other)};
}

std::vector<std::string> read_address_words(std::string_view address) {
  AddressWords words(1);
  for (const char c : clean_signs(address)) {
    if (c == ' ' || c == ',' || c == '(' || c == ')' || c == '[' || c == ']') {
      if (!words.back().empty()) words.emplace_back();
    } else {
      words.back() += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  if (words.back().empty()) words.pop_back();
  if (words.empty()) return words;
  const std::size_t first = find_beginning(words);
  for (const ProvinceFact& province : province_facts()) {
    const std::size_t bytes = count_glued_bytes(province, words[first]);
    if (bytes == 0) continue;
    const AddressWords rest = split_district(province, std::string_view(words[first]).substr(bytes));
    words[first].resize(bytes);
    words.insert(words.begin() + static_cast<std::ptrdiff_t>(first) + 1, rest.begin(), rest.end());
    break;
  }
  return words;
}

bool looks_like_district_name(std::string_view typed) {
  AddressWords words = with_joined_ranks(read_address_words(typed));
  return !words.empty() && (is_ranked_name(words.back()) || (words.size() > 1 && is_ranked_name(words.front())));
}

TypedDistrict read_typed_district(std::string_view typed) {
  TypedDistrict read{clean_signs(typed), {}};
  // Most are codes, of which there may be millions.
  if (read.code.find_first_not_of("0123456789") == std::string::npos) {
    constexpr std::size_t digits_of_part = 10;
    constexpr std::size_t digits_of_district = 5;
    read.name_alone = read.code.size() == digits_of_part && find_district_fact(read.code.substr(0, digits_of_district)) != nullptr;
    if (read.name_alone) read.code.resize(digits_of_district);
    return read;
  }
  const AddressWords words = with_joined_ranks(read_address_words(read.code));
  NamedDistrict named = find_named_district(words);
  if (!named.other.empty() || named.candidates.empty()) return read;
  // A code beside the name, as pages show it, says which one is meant, and must not say another.
  for (const std::string& word : words) {
    const DistrictFact* coded = find_district_fact(word);
    if (coded == nullptr) continue;
    std::erase_if(named.candidates, [&](const DistrictFact* candidate) { return !is_one_place(*candidate, *coded); });
    if (named.candidates.empty()) return read;
  }
  const auto is_part = [&](const std::string& word) {
    return std::any_of(named.candidates.begin(), named.candidates.end(),
                       [&](const DistrictFact* candidate) { return is_part_of_name(word, *candidate); });
  };
  read.name_alone = std::all_of(words.begin(), words.end(), is_part);
  if (named.candidates.size() == 1) {
    read.code = named.candidates.front()->code;
  } else {
    read.candidates = std::move(named.candidates);
  }
  return read;
}

Text tell_several_districts(const TypedDistrict& typed) {
  Text list;
  for (const DistrictFact* district : typed.candidates) {
    const Text name = name_of_district(district->code);
    list.en += (list.en.empty() ? "" : ", ") + name.en;
    list.ko += (list.ko.empty() ? "" : ", ") + name.ko;
  }
  return {fmt::format("{} is the name of several districts ({}); write the province too, or the code.", typed.code, list.en),
          in_korean("{}[은/는] 여러 곳의 이름입니다({}). 시·도를 함께 적거나 코드로 적으십시오.", typed.code, list.ko)};
}

}  // namespace hanjari
