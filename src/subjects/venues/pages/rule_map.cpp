#include "venues/pages/rule_map.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "hanjari/base/markup.h"

namespace hanjari::web {
namespace {

// The drawing's own units; the page scales it.
constexpr double map_width = 600;
constexpr double map_height = 440;
constexpr double map_margin = 40;
constexpr double largest_radius = 26;
constexpr double least_radius = 3;  // smaller ones are not seen
constexpr double half_turn_degrees = 180;
constexpr double half_turn = 3.14159265358979323846;

struct Extent {
  Point least;
  Point most;
};

Extent extent_of(const std::vector<RuleSpot>& spots) {
  Extent extent{spots.front().at, spots.front().at};
  for (const RuleSpot& spot : spots) {
    extent.least = {std::min(extent.least.lat, spot.at.lat), std::min(extent.least.lon, spot.at.lon)};
    extent.most = {std::max(extent.most.lat, spot.at.lat), std::max(extent.most.lon, spot.at.lon)};
  }
  return extent;
}

// Equirectangular about the middle, which is true enough within a city; one spot, or all on one place, in the middle.
class RuleProjection {
 public:
  explicit RuleProjection(const Extent& extent)
      : middle_{(extent.least.lat + extent.most.lat) / 2, (extent.least.lon + extent.most.lon) / 2},
        shrink_(std::cos(middle_.lat * half_turn / half_turn_degrees)) {
    const double across = (extent.most.lon - extent.least.lon) * shrink_;
    const double down = extent.most.lat - extent.least.lat;
    constexpr double least_degrees = 0.01;  // about a kilometre
    degrees_a_unit_ = std::max({least_degrees / map_width, across / (map_width - 2 * map_margin),
                                down / (map_height - 2 * map_margin)});
  }
  double x(Point at) const { return map_width / 2 + (at.lon - middle_.lon) * shrink_ / degrees_a_unit_; }
  double y(Point at) const { return map_height / 2 - (at.lat - middle_.lat) / degrees_a_unit_; }

 private:
  Point middle_;
  double shrink_ = 1;
  double degrees_a_unit_ = 1;
};

// Areas are compared by people, not lengths.
double radius_of(std::int64_t seats, std::int64_t most) {
  if (seats <= 0 || most <= 0) return 0;
  return std::max(least_radius, largest_radius * std::sqrt(static_cast<double>(seats) / static_cast<double>(most)));
}

std::string draw_spot(const Pages& pages, const RuleSpot& spot, const RuleProjection& projection, std::int64_t most,
                      Language language) {
  const char* const change = spot.then < spot.seats ? "rule-fewer" : spot.then > spot.seats ? "rule-more" : "rule-same";
  const std::string words = pages.text(language, spot.seats == 1 ? "offers.map_spot_one" : "offers.map_spot",
                                       {{"school", spot.name}, {"seats", group_digits(spot.seats)}, {"then", group_digits(spot.then)}});
  return fmt::format(
      R"(<g><title>{}</title><circle class="rule-now" cx="{:.1f}" cy="{:.1f}" r="{:.1f}"/><circle class="{}" cx="{:.1f}" cy="{:.1f}" r="{:.1f}"/></g>)",
      escape_markup(words), projection.x(spot.at), projection.y(spot.at), radius_of(spot.seats, most), change,
      projection.x(spot.at), projection.y(spot.at), radius_of(spot.then, most));
}

}  // namespace

std::string render_rule_map(const Pages& pages, const std::vector<RuleSpot>& spots, Language language) {
  if (spots.empty()) return {};
  std::int64_t most = 0;
  std::int64_t fewer = 0;
  for (const RuleSpot& spot : spots) {
    most = std::max({most, spot.seats, spot.then});
    if (spot.then < spot.seats) ++fewer;
  }
  const RuleProjection projection(extent_of(spots));
  std::string svg = fmt::format(
      R"(<svg class="rule-map" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img" aria-labelledby="rule-map-name rule-map-words"><title id="rule-map-name">{}</title><desc id="rule-map-words">{}</desc><rect class="map-ground" x="0" y="0" width="{}" height="{}"/>)",
      map_width, map_height, escape_markup(pages.text(language, "offers.map_title")),
      escape_markup(pages.text(language, "offers.map_words",
                               {{"schools", group_digits(static_cast<long long>(spots.size()))}, {"fewer", group_digits(fewer)}})),
      map_width, map_height);
  // Large ones first, so that small ones lie above them.
  std::vector<RuleSpot> sorted = spots;
  std::stable_sort(sorted.begin(), sorted.end(), [](const RuleSpot& a, const RuleSpot& b) { return a.seats > b.seats; });
  for (const RuleSpot& spot : sorted) svg += draw_spot(pages, spot, projection, most, language);
  return svg + "</svg>";
}

}  // namespace hanjari::web
