#include "hanjari/base/people.h"

#include "hanjari/base/text.h"

namespace hanjari {

std::string count_people(long long count) {
  return group_digits(count) + (count == 1 ? " person" : " people");
}

}  // namespace hanjari
