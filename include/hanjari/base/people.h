// Numbers of people and things in English sentences; Korean counts one and many alike.
#pragma once

#include <string>
#include <string_view>

namespace hanjari {

// "1 person", "36,109 people".
std::string count_people(long long count);

// "1 room", "2,460 rooms": count_of(rooms, "room", "rooms").
std::string count_of(long long count, std::string_view one, std::string_view many);

// The word that goes with so many: word_for(1, "has", "have") is "has".
constexpr std::string_view word_for(long long count, std::string_view one, std::string_view many) {
  return count == 1 ? one : many;
}

}  // namespace hanjari
