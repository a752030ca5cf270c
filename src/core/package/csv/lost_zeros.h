// Codes that look as if a spreadsheet took the zeros in front of them away, or made dates of them, in every file, so that no file
// contradicts another.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "hanjari/base/fault.h"

namespace hanjari::package {

// The codes of one table, each once, in any order.
class LostZeros {
 public:
  void add(std::string_view code);
  // Nothing where a code begins with 0, is no number, or all are of one length; of dates in any case.
  std::optional<Fault> warning(const char* file, const char* column) const;

 private:
  std::optional<Fault> warning_of_dates(const char* file, const char* column) const;

  bool are_numbers_ = true;  // and none begins with 0
  std::string first_date_;
  std::size_t dates_ = 0;
  std::size_t shortest_ = 0;
  std::size_t longest_ = 0;
  std::size_t decimals_ = 0;  // of codes with .0
};

}  // namespace hanjari::package
