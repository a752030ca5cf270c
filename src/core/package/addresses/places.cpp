#include "package/addresses/places.h"

#include <algorithm>

#include <fmt/format.h>

#include "hanjari/base/korean.h"
#include "hanjari/base/people.h"
#include "hanjari/domain/district_facts.h"
#include "package/addresses/district_column.h"
#include "package/csv/characters.h"
#include "package/exam_tables.h"

namespace hanjari::package {
namespace {

std::string all_words_of(const std::vector<std::string>& words) {
  std::string all;
  for (const std::string& word : words) all += (all.empty() ? "" : " ") + word;
  return all;
}

// Whether both codes mean one district: as bytes, or by what the program knows of them.
bool is_same_district(std::string_view one, std::string_view other) {
  if (one == other) return true;
  const DistrictFact* first = find_district_fact(one);
  const DistrictFact* second = find_district_fact(other);
  return first != nullptr && second != nullptr && is_one_place(*first, *second);
}

// What the address names, for people: the district, or the province when no district of it was found.
std::string name_of_named(const NamedDistrict& named) {
  if (named.candidates.size() == 1) return name_of(*named.candidates.front()).ko;
  if (!named.candidates.empty()) return named.word;
  return named.provinces.empty() ? std::string() : std::string(named.provinces.front()->ko);
}

// Whether a place of places.csv cannot be the one of the address, because this names a district or a province that the
// place is not in: the 중앙동 of another city.
bool is_elsewhere(std::string_view district, Point at, const NamedDistrict& named) {
  if (const DistrictFact* fact = find_district_fact(district)) return !named.may_be(*fact);
  if (named.candidates.empty() && named.provinces.empty()) return false;
  const auto holds = [&](const DistrictFact* candidate) { return province_of(*candidate).may_hold(at); };
  const auto province_holds = [&](const ProvinceFact* province) { return province->may_hold(at); };
  if (!named.candidates.empty()) return std::none_of(named.candidates.begin(), named.candidates.end(), holds);
  return std::none_of(named.provinces.begin(), named.provinces.end(), province_holds);
}

// Nothing is guessed: several cities have a 중구, so the code or the name of the province must say which is meant.
Places::Found find_centre(const NamedDistrict& named, const DistrictFact* coded) {
  using How = Places::Found::How;
  const auto centre = [](const DistrictFact& fact) {
    return Places::Found{How::centre, fact.centre(), name_of(fact).ko, 1};
  };
  if (coded == nullptr) {
    if (named.candidates.size() == 1) return centre(*named.candidates.front());
    if (named.candidates.empty()) return {};
    return {How::several, {}, named.word, named.candidates.size()};
  }
  // Of a city and its district the smaller one is nearer to the home.
  for (const DistrictFact* candidate : named.candidates) {
    if (is_one_place(*candidate, *coded)) return centre(candidate->ko.size() > coded->ko.size() ? *candidate : *coded);
  }
  return centre(*coded);
}

}  // namespace

std::vector<CsvColumn> Places::columns() {
  return {{"name"}, {"district_code", Presence::optional}, {"lat"}, {"lon"}};
}

void Places::read(CsvReader& reader) {
  enum Column : std::size_t { name, district_code, lat, lon };
  std::map<std::pair<std::vector<std::string>, std::string>, std::uint32_t> known;
  DistrictColumn districts(reader, district_code);
  while (reader.next()) {
    Place place;
    const auto text = reader.words(name, Presence::required, 600);
    if (!reader.text(district_code).empty()) place.district = districts.read().value_or("");
    place.at = read_point(reader, lat, lon);
    if (!text) continue;
    place.name = *text;
    place.words = read_address_words(*text);
    place.line = reader.line();
    if (place.words.empty()) continue;
    const auto [first, is_new] =
        known.try_emplace({place.words, place.district}, static_cast<std::uint32_t>(places_.size()));
    if (!is_new) {
      const Place& other = places_[first->second];
      if (other.at == place.at) continue;
      reader.add_fault(name,
                       {fmt::format("{} stands on line {} already, at another point", show(place.name), other.line),
                        in_korean("{}[은/는] {}행에 이미 있는데 좌표가 다릅니다", show(place.name), other.line)},
                       {"keep the right one, or give them names that tell them apart",
                        "맞는 것만 두거나 구별되는 이름을 주십시오"});
      continue;
    }
    by_words_[all_words_of(place.words)].push_back(first->second);
    most_words_ = std::max(most_words_, place.words.size());
    places_.push_back(std::move(place));
  }
}

Places::Found Places::find(std::string_view address, std::string_view district) const {
  const std::vector<std::string> words = read_address_words(address);
  const NamedDistrict named = find_named_district(words);
  // A code of the office's own, which the program does not know, says nothing against the address.
  const DistrictFact* coded = find_district_fact(district);
  if (coded != nullptr && !named.may_be(*coded)) return {Found::How::contradiction, {}, name_of_named(named), 0};
  const Place* best = nullptr;
  std::size_t letters = 0;
  std::size_t candidates = 0;
  for (std::size_t begin = 0; begin < words.size(); ++begin) {
    std::string some;
    const std::size_t end = std::min(words.size(), begin + most_words_);
    for (std::size_t at = begin; at < end; ++at) {
      some += (at == begin ? "" : " ") + words[at];
      const auto found = by_words_.find(some);
      if (found == by_words_.end()) continue;
      const std::size_t length = some.size() - (at - begin);  // without the blanks
      if (length < letters) continue;
      for (const std::uint32_t position : found->second) {
        const Place& place = places_[position];
        if (&place == best || (length == letters && place.at == best->at)) continue;
        if (!district.empty() && !place.district.empty() && !is_same_district(place.district, district)) continue;
        if (is_elsewhere(place.district, place.at, named)) continue;
        candidates = length == letters ? candidates + 1 : 1;
        letters = length;
        best = &place;
      }
    }
  }
  if (!named.other.empty() && (best == nullptr || best->words.size() != words.size()))
    return {Found::How::two_districts, {}, named.word + ", " + named.other, 2};
  if (best == nullptr) return find_centre(named, coded);
  if (candidates > 1) return {Found::How::ambiguous, {}, best->name, candidates};
  return {best->words.size() == words.size() ? Found::How::whole : Found::How::part, best->at, best->name, 1};
}

std::vector<std::pair<std::uint64_t, Point>> Places::list() const {
  std::vector<std::pair<std::uint64_t, Point>> points;
  points.reserve(places_.size());
  for (const Place& place : places_) points.emplace_back(place.line, place.at);
  return points;
}

void OtherDistricts::add(std::uint64_t line, std::string_view address, std::string_view district) {
  const DistrictFact* coded = find_district_fact(district);
  if (coded == nullptr || address.empty()) return;
  const NamedDistrict named = find_named_district(read_address_words(address));
  if (named.may_be(*coded)) return;
  if (++count_ > 1) return;
  line_ = line;
  const Text name = name_of_district(district);
  first_ = {fmt::format("{} is in {}, but the code says {}", show(address), name_of_named(named), name.en),
            fmt::format("{}의 시군구는 {}인데 코드는 {}입니다", show(address), name_of_named(named), name.ko)};
}

void OtherDistricts::tell(const std::string& file, std::vector<Fault>& warnings) const {
  if (count_ == 0) return;
  Text what = first_;
  if (count_ > 1) {
    const std::string rows = group_digits(static_cast<long long>(count_));
    what = {fmt::format("{} rows: {}", rows, first_.en), fmt::format("{}개 행: {}", rows, first_.ko)};
  }
  warnings.push_back({file, line_, "district_code", std::move(what), {"correct the one that is wrong", "틀린 쪽을 고치십시오"}});
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

void Locations::tell(const std::string& file, std::vector<Fault>& warnings) const {
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
      {file,
       0,
       "address",
       {fmt::format("{} {} located by address: {} by the whole of it, {} by a part, {} by the middle of the district{}",
                    count_people(located), word_for(located, "was", "were"), count(whole_), count(part_), count(centre_), names),
        fmt::format("{}명의 위치를 주소로 정했습니다. 주소 전체 {}명, 일부 {}명, 시군구 중심점 {}명{}",
                    count(whole_ + part_ + centre_), count(whole_), count(part_), count(centre_), names)},
       centre_ > 0 ? Text{"the middle of a district may be kilometres from a home; add places.csv for shorter ways",
                          "시군구 중심점은 집과 몇 km 떨어질 수 있습니다. 더 정확하게 하려면 places.csv를 더하십시오"}
                   : Text{"a part stands for everybody there: their distances are as exact as places.csv is",
                          "일부로 정한 사람의 거리는 places.csv의 자세한 정도만큼만 정확합니다"}});
}

}  // namespace hanjari::package
