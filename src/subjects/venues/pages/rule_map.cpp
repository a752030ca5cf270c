#include "venues/pages/rule_map.h"

#include <algorithm>
#include <array>
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
constexpr double map_letter_height = 20;  // at most, where the style draws them largest: on a phone
constexpr double narrow_map_letter = 0.62;  // of the height; letters of Korean are as wide as high
constexpr std::size_t longest_map_name = 14;  // letters; a longer one is cut, and stands whole in the table
constexpr double name_distance = 4;
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

struct NameBox {
  double left = 0;
  double top = 0;
  double right = 0;
  double bottom = 0;
  bool touches(const NameBox& other) const {
    return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
  }
};

// Where a name may stand beside its spot: `anchor` of the letters at `x`.
struct NamePlace {
  const char* anchor = "";
  double x = 0;
  NameBox box{};
};

// A name as it stands on the map, and how wide it is at most.
struct MapName {
  std::string text;
  double width = 0;
};

MapName name_on_map(const std::string& name) {
  MapName shown;
  std::size_t letters = 0;
  constexpr unsigned char continues = 0x80;
  constexpr unsigned char begins = 0xC0;
  for (std::size_t at = 0; at < name.size(); ++letters) {
    std::size_t end = at + 1;
    while (end < name.size() && static_cast<unsigned char>(name[end]) >= continues && static_cast<unsigned char>(name[end]) < begins) ++end;
    if (letters == longest_map_name) {
      shown.text += "…";
      shown.width += map_letter_height;
      break;
    }
    shown.width += end - at == 1 ? map_letter_height * narrow_map_letter : map_letter_height;
    shown.text += name.substr(at, end - at);
    at = end;
  }
  return shown;
}

double radius_of_spot(const RuleSpot& spot, std::int64_t most) {
  return std::max({least_radius, radius_of(spot.seats, most), radius_of(spot.then, most)});
}

NameBox box_of_spot(const RuleSpot& spot, const RuleProjection& projection, std::int64_t most) {
  const double radius = radius_of_spot(spot, most);
  return {projection.x(spot.at) - radius, projection.y(spot.at) - radius, projection.x(spot.at) + radius,
          projection.y(spot.at) + radius};
}

// Names beside their spots, those of large schools first; one that would lie on another name or spot is left to the table.
std::string draw_names(const std::vector<RuleSpot>& sorted, const RuleProjection& projection, std::int64_t most) {
  std::vector<NameBox> taken;
  taken.reserve(2 * sorted.size());
  for (const RuleSpot& spot : sorted) taken.push_back(box_of_spot(spot, projection, most));
  std::string svg;
  for (const RuleSpot& spot : sorted) {
    if (spot.seats <= 0 && spot.then <= 0) continue;  // nothing is drawn there
    const MapName name = name_on_map(spot.name);
    const double away = radius_of_spot(spot, most) + name_distance;
    const double x = projection.x(spot.at);
    const double y = projection.y(spot.at);
    const double half = map_letter_height / 2;
    const std::array<NamePlace, 4> places{{
        {"start", x + away, {x + away, y - half, x + away + name.width, y + half}},
        {"end", x - away, {x - away - name.width, y - half, x - away, y + half}},
        {"middle", x, {x - name.width / 2, y + away, x + name.width / 2, y + away + map_letter_height}},
        {"middle", x, {x - name.width / 2, y - away - map_letter_height, x + name.width / 2, y - away}},
    }};
    const auto free = std::find_if(places.begin(), places.end(), [&](const NamePlace& place) {
      const NameBox& box = place.box;
      const bool is_inside = box.left >= 0 && box.right <= map_width && box.top >= 0 && box.bottom <= map_height;
      return is_inside && std::none_of(taken.begin(), taken.end(), [&](const NameBox& other) { return box.touches(other); });
    });
    if (free == places.end()) continue;
    taken.push_back(free->box);
    svg += fmt::format(R"(<text class="map-name rule-name" text-anchor="{}" x="{:.1f}" y="{:.1f}" dy="0.35em">{}</text>)", free->anchor,
                       free->x, (free->box.top + free->box.bottom) / 2, escape_markup(name.text));
  }
  return svg;
}

std::string draw_rule_circle(const char* name, double x, double y, double radius) {
  return fmt::format(R"(<circle class="{}" cx="{:.1f}" cy="{:.1f}" r="{:.1f}"/>)", name, x, y, radius);
}

// The ring lies on the disc, so that both are seen whichever is the larger one.
std::string draw_spot(const Pages& pages, const RuleSpot& spot, const RuleProjection& projection, std::int64_t most,
                      Language language) {
  const char* const change = spot.then < spot.seats ? "rule-fewer" : spot.then > spot.seats ? "rule-more" : "rule-same";
  const std::string words = pages.text(language, spot.seats == 1 ? "offers.map_spot_one" : "offers.map_spot",
                                       {{"school", spot.name}, {"seats", group_digits(spot.seats)}, {"then", group_digits(spot.then)}});
  const double x = projection.x(spot.at);
  const double y = projection.y(spot.at);
  const double now = radius_of(spot.seats, most);
  return fmt::format("<g><title>{}</title>{}{}{}</g>", escape_markup(words), draw_rule_circle("rule-ground", x, y, now),
                     draw_rule_circle(change, x, y, radius_of(spot.then, most)), draw_rule_circle("rule-now", x, y, now));
}

}  // namespace

std::string render_rule_map(const Pages& pages, const std::vector<RuleSpot>& spots, Language language) {
  if (spots.empty()) return {};
  std::int64_t most = 0;
  std::int64_t fewer = 0;
  std::int64_t more = 0;
  for (const RuleSpot& spot : spots) {
    most = std::max({most, spot.seats, spot.then});
    if (spot.then < spot.seats) ++fewer;
    if (spot.then > spot.seats) ++more;
  }
  const RuleProjection projection(extent_of(spots));
  std::string svg = fmt::format(
      R"(<svg class="rule-map" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img" aria-labelledby="rule-map-name rule-map-words"><title id="rule-map-name">{}</title><desc id="rule-map-words">{}</desc><rect class="map-ground" x="0" y="0" width="{}" height="{}"/>)",
      map_width, map_height, escape_markup(pages.text(language, "offers.map_title")),
      escape_markup(pages.text(language, "offers.map_words",
                               {{"schools", group_digits(static_cast<long long>(spots.size()))}, {"fewer", group_digits(fewer)}, {"more", group_digits(more)}})),
      map_width, map_height);
  // Large ones first, so that small ones lie above them.
  std::vector<RuleSpot> sorted = spots;
  std::stable_sort(sorted.begin(), sorted.end(), [](const RuleSpot& a, const RuleSpot& b) { return a.seats > b.seats; });
  for (const RuleSpot& spot : sorted) svg += draw_spot(pages, spot, projection, most, language);
  return svg + draw_names(sorted, projection, most) + "</svg>";
}

}  // namespace hanjari::web
