// A count as lists write it.
#pragma once

#include <cstddef>
#include <iterator>
#include <string>

namespace hanjari::proofreading {

// 1,234
inline std::string grouped_count(std::size_t number) {
  std::string count = std::to_string(number);
  for (std::ptrdiff_t at = std::ssize(count) - 3; at > 0; at -= 3) count.insert(static_cast<std::size_t>(at), ",");
  return count;
}

}  // namespace hanjari::proofreading
