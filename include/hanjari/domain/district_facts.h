// Districts that the program knows by itself: plain facts of public geography, for exams whose files name a district by
// its code or in an address.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/base/text.h"
#include "hanjari/domain/geography.h"

namespace hanjari {

// A city, a county or a district. Of a city that has districts both stand here, the district as "수원시 장안구".
struct DistrictFact {
  std::string_view code;  // of the municipality, as in district_code: the first five digits of the legal district's code
  std::string_view ko;
  std::string_view en;
  // A point in the middle, in ten-thousandths of a degree.
  std::int32_t lat_e4 = 0;
  std::int32_t lon_e4 = 0;

  Point centre() const { return {lat_e4 / 1e4, lon_e4 / 1e4}; }
};

// A province, or a city of the same rank.
struct ProvinceFact {
  std::string_view code;  // the first two digits of the codes of its districts
  std::string_view ko;
  std::string_view short_ko;
  std::string_view en;
  // The box around it, in hundredths of a degree.
  std::int32_t south_e2 = 0;
  std::int32_t north_e2 = 0;
  std::int32_t west_e2 = 0;
  std::int32_t east_e2 = 0;

  // Whether the point lies in the box or within a few kilometres of it.
  bool may_hold(Point point) const;
};

// All of Korea, by code.
std::span<const DistrictFact> district_facts();
std::span<const ProvinceFact> province_facts();

// The twenty-five districts of Seoul, by code.
std::span<const DistrictFact> seoul_district_facts();

// Null when the program does not know the code. Codes of before a reform (42110, 45110, 47720, 28170) and those that
// Gwangju and Jeollanam-do got in 2026 (12210) are known too.
const DistrictFact* find_district_fact(std::string_view code);

const ProvinceFact& province_of(const DistrictFact& district);

// Whether both may stand in one address: the same, a city and its district, or districts of before and after a reform.
bool is_one_place(const DistrictFact& one, const DistrictFact& other);

// "종로구" in Seoul, elsewhere with the province: "부산 중구", "Jung-gu, Busan".
Text name_of(const DistrictFact& district);

// "Jongno-gu (11110)"; the code alone when the program does not know it.
Text name_of_district(std::string_view code);

// What the words of an address say of the district. Nothing is guessed: of a name that several provinces have all stand
// here unless the address names the province too.
struct NamedDistrict {
  std::vector<const DistrictFact*> candidates;  // one when it is certain
  std::vector<const ProvinceFact*> provinces;   // that the address names; two for one that was joined from two
  std::string word;                             // the name as it stands in the address; empty without candidates
  std::string other{};  // the name of a district elsewhere that the address names besides; usually empty

  // Whether the address may be one in that district.
  bool may_be(const DistrictFact& district) const;
};

// `words` are the words of the address in lower case, as read_address_words gives them.
NamedDistrict find_named_district(const std::vector<std::string>& words);

// What stands between blanks, commas and brackets, in lower case; a city that is written together with its district
// (서울특별시종로구) is two words.
std::vector<std::string> read_address_words(std::string_view address);

// A district as people type it where a code is wanted: 11110, 종로구, 부산 중구, Jongno-gu, "Jung-gu, Busan", 종로구(11110).
struct TypedDistrict {
  std::string code;                             // what was typed, cleaned, where it names no district that the program knows
  std::vector<const DistrictFact*> candidates;  // more than one where a name is that of several: nothing is guessed
  // Nothing but the name was typed, of one district or of several, or the ten digits by which registers know a part of one: the first
  // five are the district's.
  bool name_alone = false;
};
TypedDistrict read_typed_district(std::string_view typed);
// Whether it ends as names of districts do: 구, 군, 시, -gu, -gun, -si.
bool looks_like_district_name(std::string_view typed);
// "중구 is the name of several districts (...); write the province too, or the code."
Text tell_several_districts(const TypedDistrict& typed);

}  // namespace hanjari
