// How many of the people who are used have had how many duties, as bars and as a table, with the own place among them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hanjari/invigilators/duty_views.h"
#include "site/pages/pages.h"

namespace hanjari::web {

struct LoadBar {
  std::int64_t least = 0;  // past duties
  std::int64_t most = 0;
  std::int64_t people = 0;
  bool own = false;  // whether the asker has so many
};
// The fewest duties first; with many different numbers several of them share a bar. Empty where nobody is used.
std::vector<LoadBar> bars_of_load(const services::LoadPlace& load);
// The past duties of a bar as they are written beside it: 3, or 4-5.
std::string called_bar(const LoadBar& bar);

// SVG; empty where nobody is used. The same stands in a table beside it.
std::string render_own_load(const Pages& pages, const services::LoadPlace& load, Language language);

}  // namespace hanjari::web
