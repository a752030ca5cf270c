#include "hanjari/domain/district_facts.h"

#include <algorithm>

#include <fmt/format.h>

namespace hanjari {
namespace {

// Codes that stand for a district beside its own: of before a reform, or after one that this table does not follow.
struct OtherCode {
  std::string_view code;
  std::string_view now;
};

constexpr OtherCode other_codes[] = {
    {"28170", "28177"}, {"47720", "27720"},
    {"12210", "29110"}, {"12240", "29140"}, {"12270", "29155"}, {"12300", "29170"}, {"12330", "29200"},
    {"12110", "46110"}, {"12130", "46130"}, {"12150", "46150"}, {"12170", "46170"}, {"12190", "46230"},
    {"12710", "46710"}, {"12720", "46720"}, {"12730", "46730"}, {"12740", "46770"}, {"12750", "46780"},
    {"12760", "46790"}, {"12770", "46800"}, {"12780", "46810"}, {"12790", "46820"}, {"12800", "46830"},
    {"12810", "46840"}, {"12820", "46860"}, {"12830", "46870"}, {"12840", "46880"}, {"12850", "46890"},
    {"12860", "46900"}, {"12870", "46910"},
};

// Districts that were divided or joined anew in 2026: before and after.
constexpr OtherCode reformed[] = {
    {"28110", "28125"}, {"28110", "28155"}, {"28140", "28125"}, {"28260", "28275"}, {"28260", "28290"}};

const DistrictFact* find_by_own_code(std::string_view code) {
  const auto facts = district_facts();
  const auto found = std::lower_bound(facts.begin(), facts.end(), code,
                                      [](const DistrictFact& fact, std::string_view wanted) { return fact.code < wanted; });
  return found == facts.end() || found->code != code ? nullptr : &*found;
}

// Whether `part` is a district of the city.
bool is_part_of(const DistrictFact& part, const DistrictFact& city) {
  return part.code.substr(0, 2) == city.code.substr(0, 2) && part.ko.size() > city.ko.size() &&
         part.ko.starts_with(city.ko) && part.ko[city.ko.size()] == ' ';
}

}  // namespace

bool ProvinceFact::may_hold(Point point) const {
  constexpr double margin = 0.05;  // of a degree
  return point.lat > south_e2 / 100.0 - margin && point.lat < north_e2 / 100.0 + margin &&
         point.lon > west_e2 / 100.0 - margin && point.lon < east_e2 / 100.0 + margin;
}

std::span<const DistrictFact> seoul_district_facts() {
  return district_facts().first(25);
}

const DistrictFact* find_district_fact(std::string_view code) {
  if (const DistrictFact* fact = find_by_own_code(code)) return fact;
  for (const OtherCode& other : other_codes) {
    if (other.code == code) return find_by_own_code(other.now);
  }
  // Gangwon-do and Jeollabuk-do changed the first two digits alone.
  if (code.starts_with("42")) return find_by_own_code("51" + std::string(code.substr(2)));
  if (code.starts_with("45")) return find_by_own_code("52" + std::string(code.substr(2)));
  return nullptr;
}

const ProvinceFact& province_of(const DistrictFact& district) {
  const auto provinces = province_facts();
  return *std::find_if(provinces.begin(), provinces.end(),
                       [&](const ProvinceFact& province) { return district.code.starts_with(province.code); });
}

bool is_one_place(const DistrictFact& one, const DistrictFact& other) {
  if (one.code == other.code || is_part_of(one, other) || is_part_of(other, one)) return true;
  return std::any_of(std::begin(reformed), std::end(reformed), [&](const OtherCode& pair) {
    return (pair.code == one.code && pair.now == other.code) || (pair.code == other.code && pair.now == one.code);
  });
}

Text name_of(const DistrictFact& district) {
  const ProvinceFact& province = province_of(district);
  if (province.code == "11" || province.ko == district.ko) return {std::string(district.en), std::string(district.ko)};
  return {fmt::format("{}, {}", district.en, province.en), fmt::format("{} {}", province.short_ko, district.ko)};
}

Text name_of_district(std::string_view code) {
  const DistrictFact* fact = find_district_fact(code);
  if (fact == nullptr) return {std::string(code), std::string(code)};
  const Text name = name_of(*fact);
  return {fmt::format("{} ({})", name.en, code), fmt::format("{}({})", name.ko, code)};
}

}  // namespace hanjari
