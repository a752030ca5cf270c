// Districts that the program knows by itself: plain facts of public geography, for exams whose files name a district by
// its code or in an address.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "hanjari/base/text.h"
#include "hanjari/domain/geography.h"

namespace hanjari {

struct DistrictFact {
  std::string_view code;  // of the municipality, as in district_code
  std::string_view ko;
  std::string_view en;
  // Middle of the district's area, in ten-thousandths of a degree.
  std::int32_t lat_e4 = 0;
  std::int32_t lon_e4 = 0;

  Point centre() const { return {lat_e4 / 1e4, lon_e4 / 1e4}; }
};

// The twenty-five districts of Seoul, by code.
std::span<const DistrictFact> seoul_district_facts();

// Null when the program does not know the code.
const DistrictFact* find_district_fact(std::string_view code);

// "Jongno-gu (11110)"; the code alone when the program does not know it.
Text name_of_district(std::string_view code);

}  // namespace hanjari
