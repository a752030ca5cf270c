#include "cli/figures.h"

#include <fmt/format.h>

#include "hanjari/base/text.h"

namespace hanjari::cli {

std::string tell_kilometres(std::int64_t metres) {
  if (metres >= 1'000'000) return group_digits(metres / 1'000) + " km";
  return fmt::format("{}.{} km", metres / 1'000, metres / 100 % 10);
}

}  // namespace hanjari::cli
