// Whole numbers in the JSON of published files, which anybody may have changed.
#pragma once

#include <cstdint>
#include <limits>

#include <nlohmann/json.hpp>

namespace hanjari::proof {

// Throws json::other_error for 1.0 and 1e40 too: no program writes a whole number so, and what a number too large becomes is undefined.
template <class Number>
void read_whole(const nlohmann::json& value, Number& target) {
  const bool is_whole = value.is_number_integer();
  if (!is_whole || (value.is_number_unsigned() && value.get<std::uint64_t>() > std::uint64_t{std::numeric_limits<std::int64_t>::max()}))
    throw nlohmann::json::other_error::create(500, "no whole number", nullptr);
  value.get_to(target);
}

}  // namespace hanjari::proof
