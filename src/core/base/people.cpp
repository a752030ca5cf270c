#include "hanjari/base/people.h"

#include "hanjari/base/text.h"

namespace hanjari {

std::string count_people(long long count) {
  return count_of(count, "person", "people");
}

std::string count_of(long long count, std::string_view one, std::string_view many) {
  return group_digits(count) + " " + std::string(word_for(count, one, many));
}

}  // namespace hanjari
