// Numbers of people in English sentences; Korean counts one and many alike.
#pragma once

#include <string>
#include <string_view>

namespace hanjari {

// "1 person", "36,109 people".
std::string count_people(long long count);

// The word that goes with so many: word_for(1, "has", "have") is "has".
constexpr std::string_view word_for(long long count, std::string_view one, std::string_view many) {
  return count == 1 ? one : many;
}

}  // namespace hanjari
