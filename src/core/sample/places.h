// Where people live: facts (names, codes, about where, about how many) written down for this project.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace hanjari::sample {

// A district of Seoul, or a city elsewhere.
struct Place {
  std::string_view code;      // of the municipality
  std::string_view province;  // as in an address
  std::string_view ko;
  std::string_view en;
  std::int32_t lat_e4;  // ten-thousandths of a degree
  std::int32_t lon_e4;
  std::int32_t thousands;  // of people
  std::int32_t spread_m;   // how far its neighbourhoods lie from the middle: standard deviation
};

std::span<const Place> seoul_districts();
// Incheon and Gyeonggi, from where people travel to an exam in Seoul every day.
std::span<const Place> capital_region();
// Cities of the other provinces.
std::span<const Place> other_cities();

}  // namespace hanjari::sample
