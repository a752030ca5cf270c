#include "package/places.h"

#include <algorithm>

#include <fmt/format.h>

#include "hanjari/base/people.h"
#include "hanjari/base/typed_text.h"
#include "hanjari/domain/district_facts.h"
#include "package/csv/characters.h"
#include "package/exam_tables.h"

namespace hanjari::package {
namespace {

// The words of an address: what stands between blanks, commas and brackets, in lower case.
std::vector<std::string> words_of(std::string_view address) {
  std::vector<std::string> words(1);
  for (const char c : clean_signs(address)) {
    if (c == ' ' || c == ',' || c == '(' || c == ')' || c == '[' || c == ']') {
      if (!words.back().empty()) words.emplace_back();
    } else {
      words.back() += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

std::size_t letters_of(const std::vector<std::string>& words) {
  std::size_t letters = 0;
  for (const std::string& word : words) letters += word.size();
  return letters;
}

// The district of Seoul that the address names behind the name of the city; null when it names none.
const DistrictFact* find_named_district(const std::vector<std::string>& words) {
  for (std::size_t at = 0; at + 1 < words.size(); ++at) {
    if (words[at] != "서울특별시" && words[at] != "서울시" && words[at] != "서울" && words[at] != "seoul") continue;
    for (const DistrictFact& fact : seoul_district_facts()) {
      if (words[at + 1] == fact.ko) return &fact;
    }
  }
  return nullptr;
}

// Nothing is guessed: other cities have a 중구 too, so the code or the name of the city must say which is meant.
Places::Found find_centre(const std::vector<std::string>& words, std::string_view district) {
  using How = Places::Found::How;
  const DistrictFact* named = find_named_district(words);
  const DistrictFact* coded = find_district_fact(district);
  // A code of the office's own, which is no district of Seoul, says nothing against the address.
  if (named != nullptr && coded != nullptr && named != coded) return {How::contradiction, {}, named->ko, 0};
  const DistrictFact* meant = named != nullptr ? named : coded;
  if (meant == nullptr) return {};
  return {How::centre, meant->centre(), meant->ko, 1};
}

}  // namespace

void Places::read(ExamReading& reading) {
  enum Column : std::size_t { name, district_code, lat, lon };
  CsvReader reader =
      open_table(reading, "places.csv", {{"name"}, {"district_code", Presence::optional}, {"lat"}, {"lon"}});
  std::map<std::pair<std::vector<std::string>, std::string>, std::uint32_t> known;
  while (reader.next()) {
    Place place;
    const auto text = reader.words(name, Presence::required, 600);
    if (!reader.text(district_code).empty()) {
      if (const auto code = reader.identifier(district_code)) place.district = *code;
    }
    place.at = read_point(reader, lat, lon);
    if (!text) continue;
    place.name = *text;
    place.words = words_of(*text);
    place.line = reader.line();
    if (place.words.empty()) continue;
    const auto [first, is_new] =
        known.try_emplace({place.words, place.district}, static_cast<std::uint32_t>(places_.size()));
    if (!is_new) {
      const Place& other = places_[first->second];
      if (other.at == place.at) continue;
      reader.add_fault(name,
                       {fmt::format("{} stands on line {} already, at another point", show(place.name), other.line),
                        fmt::format("{}은(는) {}행에 이미 있는데 좌표가 다릅니다", show(place.name), other.line)},
                       {"keep the right one, or give them names that tell them apart",
                        "맞는 것만 두거나 구별되는 이름을 주십시오"});
      continue;
    }
    by_first_word_[place.words.front()].push_back(first->second);
    places_.push_back(std::move(place));
  }
}

Places::Found Places::find(std::string_view address, std::string_view district) const {
  const std::vector<std::string> words = words_of(address);
  const Place* best = nullptr;
  std::size_t letters = 0;
  std::size_t candidates = 0;
  for (std::size_t begin = 0; begin < words.size(); ++begin) {
    const auto found = by_first_word_.find(words[begin]);
    if (found == by_first_word_.end()) continue;
    for (const std::uint32_t position : found->second) {
      const Place& place = places_[position];
      if (&place == best || (!district.empty() && !place.district.empty() && place.district != district)) continue;
      if (place.words.size() > words.size() - begin ||
          !std::equal(place.words.begin(), place.words.end(), words.begin() + static_cast<std::ptrdiff_t>(begin)))
        continue;
      const std::size_t length = letters_of(place.words);
      if (length < letters) continue;
      if (length == letters && place.at == best->at) continue;
      candidates = length == letters ? candidates + 1 : 1;
      letters = length;
      best = &place;
    }
  }
  if (best == nullptr) return find_centre(words, district);
  if (candidates > 1) return {Found::How::ambiguous, {}, best->name, candidates};
  return {best->words.size() == words.size() ? Found::How::whole : Found::How::part, best->at, best->name, 1};
}

void Locations::add(const Places::Found& found) {
  if (found.how == Places::Found::How::whole) {
    ++whole_;
    return;
  }
  ++(found.how == Places::Found::How::centre ? centre_ : part_);
  const auto known = people_of_.find(found.name);
  if (known == people_of_.end()) {
    people_of_.emplace(found.name, 1);
  } else {
    ++known->second;
  }
}

void Locations::tell(std::vector<Fault>& warnings) const {
  if (whole_ + part_ + centre_ == 0) return;
  std::vector<std::pair<std::string, std::uint64_t>> most(people_of_.begin(), people_of_.end());
  std::stable_sort(most.begin(), most.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  std::string list;
  for (std::size_t at = 0; at < std::min<std::size_t>(most.size(), 5); ++at) {
    list += fmt::format("{}{} {}", at == 0 ? "" : ", ", show(most[at].first),
                        group_digits(static_cast<long long>(most[at].second)));
  }
  if (most.size() > 5) list += ", ...";
  const auto count = [](std::uint64_t number) { return group_digits(static_cast<long long>(number)); };
  const auto located = static_cast<long long>(whole_ + part_ + centre_);
  const std::string names = list.empty() ? "" : " (" + list + ")";
  warnings.push_back(
      {"applicants.csv",
       0,
       "address",
       {fmt::format("{} {} located by address: {} by the whole of it, {} by a part, {} by the middle of the district{}",
                    count_people(located), word_for(located, "was", "were"), count(whole_), count(part_), count(centre_), names),
        fmt::format("{}명의 위치를 주소로 정했습니다. 주소 전체 {}명, 일부 {}명, 자치구 중심점 {}명{}",
                    count(whole_ + part_ + centre_), count(whole_), count(part_), count(centre_), names)},
       centre_ > 0 ? Text{"the middle of a district may be kilometres from a home; add places.csv for shorter ways",
                          "자치구 중심점은 집과 몇 km 떨어질 수 있습니다. 더 정확하게 하려면 places.csv를 더하십시오"}
                   : Text{"a part stands for everybody there: their distances are as exact as places.csv is",
                          "일부로 정한 사람의 거리는 places.csv의 자세한 정도만큼만 정확합니다"}});
}

}  // namespace hanjari::package
