// The city as a plan uses it: schools by their load, districts by their people, and who goes where, drawn from coordinates
// of our own.
#pragma once

#include <optional>
#include <string>

#include "hanjari/plans/plan_summary.h"
#include "site/pages/pages.h"

namespace hanjari::web {

// What is looked at; nothing chosen: the whole city.
struct MapChoice {
  std::optional<std::size_t> venue;     // position in the summary
  std::optional<std::size_t> district;  // the same
};

// An <svg> element whose schools and districts are links to `address`?venue= and ?district=; no script, no style of its
// own. Places nobody knows are left out: the tables beside it have them.
std::string render_plan_map(const Pages& pages, const services::PlanSummary& summary, const MapChoice& choice,
                            const std::string& address, Language language);

// How full a school is: 0 for nobody, 1 below 60 %, 2 below 80 %, 3 below 95 %, 4 from there on.
int load_step(const services::SummaryVenue& venue);

// The word for a district in addresses.
std::string word_of_district(const services::SummaryDistrict& district);

}  // namespace hanjari::web
