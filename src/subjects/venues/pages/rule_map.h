// What another rule for seats does to the schools of a city, drawn where they are. The table beside it says the same.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hanjari/domain/geography.h"
#include "site/pages/pages.h"

namespace hanjari::web {

struct RuleSpot {
  Point at;
  std::string name;
  std::int64_t seats = 0;  // by the rule of the request
  std::int64_t then = 0;   // by the other rule
};

// An <svg> element, north at the top: for each school a ring whose area is its seats now, and a disc whose area is those
// by the other rule, of another colour where there are fewer and where there are more. Names stand beside their spots as far as
// there is room. A <title> of each spot says it in words; no script, no style, nothing from elsewhere. Empty for no school.
std::string render_rule_map(const Pages& pages, const std::vector<RuleSpot>& spots, Language language);

}  // namespace hanjari::web
