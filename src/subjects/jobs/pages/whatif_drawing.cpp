#include "jobs/pages/whatif_drawing.h"

#include <algorithm>
#include <cstdint>

#include <fmt/format.h>

#include "hanjari/base/markup.h"
#include "hanjari/domain/travel.h"

namespace hanjari::web {
namespace {

constexpr double bars_width = 720;
constexpr double bars_left = 20;
constexpr double bars_top = 40;
constexpr double bars_bottom = 250;
constexpr std::size_t most_bar_labels = 14;  // more would lie on one another

std::int64_t tall_of(const services::WhatifRow& row, bool by_moved) {
  return by_moved ? row.moved : (row.travel_m + 500) / 1'000;
}

}  // namespace

std::string render_whatif_bars(const Pages& pages, const services::WhatifMade& made, Language language) {
  const bool by_moved = std::any_of(made.rows.begin(), made.rows.end(),
                                    [](const services::WhatifRow& row) { return row.moved > 0; });
  std::int64_t highest = 1;
  for (const services::WhatifRow& row : made.rows) highest = std::max(highest, tall_of(row, by_moved));
  const std::string title =
      escape_markup(pages.text(language, by_moved ? "jobs.whatif_moved" : "jobs.whatif_travel"));
  std::string svg = fmt::format(
      R"(<svg class="curves" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} 284" role="img" aria-label="{}"><title>{}</title><text x="{}" y="20">{}</text><line class="axis" x1="{}" x2="{}" y1="{}" y2="{}"/>)",
      bars_width, title, title, bars_left, title, bars_left, bars_width - 20, bars_bottom, bars_bottom);
  const double each = (bars_width - bars_left - 20) / static_cast<double>(std::max<std::size_t>(made.rows.size(), 1));
  const std::size_t every = made.rows.size() / most_bar_labels + 1;
  for (std::size_t at = 0; at < made.rows.size(); ++at) {
    const services::WhatifRow& row = made.rows[at];
    const double middle = bars_left + each * (static_cast<double>(at) + 0.5);
    const double tall = row.unseated > 0 ? 0
                                         : (bars_bottom - bars_top) * static_cast<double>(tall_of(row, by_moved)) /
                                               static_cast<double>(highest);
    svg += fmt::format(R"(<rect class="bar" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>)", middle - each * 0.3,
                       bars_bottom - tall, each * 0.6, tall);
    if (at % every != 0) continue;
    const std::string value = row.unseated > 0 ? std::string("×") : group_digits(tall_of(row, by_moved));
    const std::string setting = services::name_of_setting(made, row.value).in(language);
    svg += fmt::format(
        R"(<text x="{0:.1f}" y="{1:.1f}" text-anchor="middle">{2}</text><text x="{0:.1f}" y="{3:.1f}" text-anchor="middle">{4}</text>)",
        middle, bars_bottom - tall - 6, value, bars_bottom + 20, escape_markup(setting));
  }
  return svg + "</svg>";
}

nlohmann::json describe_whatif_made(const Pages& pages, const services::WhatifMade& made, Language language) {
  nlohmann::json rows = nlohmann::json::array();
  for (const services::WhatifRow& row : made.rows) {
    std::string setting = services::name_of_setting(made, row.value).in(language);
    if (setting.empty()) setting = "–";
    if (!row.name.empty()) setting = row.name + " (" + setting + ")";
    const bool unknown = row.unseated > 0 && row.missing_rooms == 0;
    rows.push_back({{"setting", setting},
                    {"kilometres", group_digits((row.travel_m + 500) / 1'000)},
                    {"longest", group_digits((told_detour(row.longest_detour_m, 0) + 500) / 1'000)},
                    {"over", group_digits(row.over_cap)},
                    {"unseated", group_digits(row.unseated)},
                    {"rooms", group_digits(row.rooms)},
                    {"pairs", group_digits(row.pairs)},
                    {"moved", group_digits(row.moved)},
                    {"missing", unknown ? std::string("–") : group_digits(row.missing_rooms)}});
  }
  nlohmann::json places = nlohmann::json::array();
  for (const Text& place : made.places) places.push_back({{"words", place.in(language)}});
  return {{"subject", services::name_of_whatif(made).in(language)},
          {"drawing", render_whatif_bars(pages, made, language)},
          {"any_place", !places.empty()},
          {"places", places},
          {"rows", rows}};
}

}  // namespace hanjari::web
