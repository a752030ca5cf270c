// Where a table is refused, for tests of what reads tables.
#pragma once

#include <string>
#include <vector>

#include "hanjari/base/error.h"

namespace hanjari::tests {

// Line and column of every fault for which `read` refuses, in their order; none when it takes everything.
template <class Read>
std::vector<std::string> places_of_faults(const Read& read) {
  std::vector<std::string> places;
  try {
    read();
  } catch (const InvalidInput& refused) {
    for (const Fault& fault : refused.faults().kept()) places.push_back(std::to_string(fault.line) + " " + fault.column);
  }
  return places;
}

}  // namespace hanjari::tests
