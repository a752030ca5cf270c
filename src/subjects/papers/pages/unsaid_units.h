// Units of which papers say no time, told before anything is printed or taken.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "hanjari/domain/exam.h"
#include "hanjari/site/routes.h"

namespace hanjari::web {

// By their codes.
struct UnsaidUnits {
  std::vector<std::string> without_start;
  std::vector<std::string> without_seating;
};
// By the templates of now; none where a saved one does not fit any more, which whoever prints is told.
UnsaidUnits find_unsaid_units(const Call& call, const std::vector<Unit>& units);

// A row with `what` and `codes` for each time that is missing.
nlohmann::json show_unsaid_times(const Call& call, const UnsaidUnits& unsaid);

}  // namespace hanjari::web
