#include "seats/pages/venue_map.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "hanjari/base/markup.h"

namespace hanjari::web {
namespace {

// The drawing's own units; the page scales it.
constexpr double width = 600;
constexpr double height = 440;
constexpr double margin = 64;
constexpr double pi = 3.14159265358979323846;
constexpr double metres_a_degree = 6'371'008.8 * pi / 180;
// A picture is never narrower than this on the ground, so that the streets around a near venue have meaning.
constexpr double least_span_m = 1'600;

struct Spot {
  double x = 0;
  double y = 0;
};

struct Box {
  double left, top, right, bottom;
  bool overlaps(const Box& other) const {
    return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
  }
};

// Equirectangular about the middle: true to a metre in ten kilometres at these latitudes.
class Projection {
 public:
  explicit Projection(const VenueMap& map) {
    const Point other = map.home.value_or(map.venue.at);
    middle_ = {(map.venue.at.lat + other.lat) / 2, (map.venue.at.lon + other.lon) / 2};
    shrink_ = std::cos(middle_.lat * pi / 180);
    const double across = std::abs(map.venue.at.lon - other.lon) * metres_a_degree * shrink_;
    const double down = std::abs(map.venue.at.lat - other.lat) * metres_a_degree;
    metres_a_unit_ =
        std::max({least_span_m / (width - 2 * margin), across / (width - 2 * margin), down / (height - 2 * margin)});
  }
  Spot place(Point at) const {
    return {width / 2 + (at.lon - middle_.lon) * metres_a_degree * shrink_ / metres_a_unit_,
            height / 2 - (at.lat - middle_.lat) * metres_a_degree / metres_a_unit_};
  }
  double units(double metres) const { return metres / metres_a_unit_; }

 private:
  Point middle_;
  double shrink_ = 1;
  double metres_a_unit_ = 1;
};

// The largest of 100, 200, 500, 1,000 ... metres that takes at most `units`.
int round_length(const Projection& projection, double units) {
  int best = 100;
  for (int ten = 100; ten <= 100'000; ten *= 10) {
    for (const int times : {1, 2, 5}) {
      if (projection.units(ten * times) <= units) best = ten * times;
    }
  }
  return best;
}

// What of the polygon lies nearer to `own` than to `other`.
std::vector<Spot> nearer_part(const std::vector<Spot>& polygon, Spot own, Spot other) {
  const Spot along{other.x - own.x, other.y - own.y};
  const double half = (other.x * other.x + other.y * other.y - own.x * own.x - own.y * own.y) / 2;
  const auto beyond = [&](Spot spot) { return spot.x * along.x + spot.y * along.y - half; };
  std::vector<Spot> part;
  for (std::size_t at = 0; at < polygon.size(); ++at) {
    const Spot from = polygon[at];
    const Spot to = polygon[(at + 1) % polygon.size()];
    const double a = beyond(from);
    const double b = beyond(to);
    if (a <= 0) part.push_back(from);
    if ((a < 0 && b > 0) || (a > 0 && b < 0)) {
      const double share = a / (a - b);
      part.push_back({from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share});
    }
  }
  return part;
}

double text_width(const std::string& text, double size) {
  return display_width(text) * size * 0.55;
}

class Drawing {
 public:
  Drawing(const Pages& pages, const VenueMap& map, Language language)
      : pages_(pages), map_(map), language_(language), projection_(map) {}

  std::string render() {
    const Spot venue = projection_.place(map_.venue.at);
    svg_ = fmt::format(
        R"(<svg class="venue-map" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img" aria-labelledby="map-name map-words"><title id="map-name">{}</title><desc id="map-words">{}</desc>)",
        width, height, escape_markup(pages_.text(language_, "map.title", {{"venue", map_.venue.name}})),
        escape_markup(words()));
    svg_ += fmt::format(R"(<rect class="map-ground" x="0" y="0" width="{}" height="{}"/>)", width, height);
    draw_outlines();
    draw_rings(venue);
    taken_.push_back({venue.x - 22, venue.y - 40, venue.x + 22, venue.y + 8});
    if (map_.home) draw_home(venue);
    draw_venue(venue);
    if (map_.home) label_home();
    draw_scale();
    draw_places();
    return svg_ + "</svg>";
  }

 private:
  std::string words() const {
    if (!map_.home) return pages_.text(language_, "map.words_venue", {{"venue", map_.venue.name}});
    return pages_.text(language_, "map.words",
                       {{"venue", map_.venue.name},
                        {"distance", write_distance(pages_, haversine_m(*map_.home, map_.venue.at), language_)}});
  }

  // Round each neighbourhood, what lies nearer to its middle than to any other's: borders that nobody else had to draw.
  void draw_outlines() {
    constexpr double around = 1.0;  // so many pictures around this one there may be neighbours
    std::vector<Spot> middles;
    for (const NamedPoint& place : map_.places) {
      const Spot spot = projection_.place(place.at);
      const bool near = spot.x > -around * width && spot.x < (1 + around) * width && spot.y > -around * height &&
                        spot.y < (1 + around) * height;
      const auto same = [&](Spot other) { return std::hypot(other.x - spot.x, other.y - spot.y) < 1; };
      if (near && std::none_of(middles.begin(), middles.end(), same)) middles.push_back(spot);
    }
    if (middles.size() < 3) return;
    std::string path;
    for (std::size_t own = 0; own < middles.size(); ++own) {
      std::vector<Spot> cell{{-5, -5}, {width + 5, -5}, {width + 5, height + 5}, {-5, height + 5}};
      for (std::size_t other = 0; other < middles.size() && !cell.empty(); ++other) {
        if (other != own) cell = nearer_part(cell, middles[own], middles[other]);
      }
      for (std::size_t at = 0; at < cell.size(); ++at)
        path += fmt::format("{}{:.0f} {:.0f}", at == 0 ? "M" : "L", cell[at].x, cell[at].y);
      if (!cell.empty()) path += "z";
    }
    svg_ += fmt::format(R"(<path class="map-border" d="{}"/>)", path);
  }

  void draw_rings(Spot middle) {
    const int step = round_length(projection_, 130);
    for (int ring = 1; ring <= 4; ++ring)
      svg_ += fmt::format(R"(<circle class="map-ring" cx="{:.1f}" cy="{:.1f}" r="{:.1f}"/>)", middle.x, middle.y,
                          projection_.units(step * ring));
  }

  // Beside the spot, where there is room; false when there is none and `always` does not insist.
  bool label(Spot spot, const std::string& text, double size, const char* name, double off, bool always) {
    const double wide = text_width(text, size);
    const std::array<Box, 4> boxes{{{spot.x - wide / 2, spot.y + off, spot.x + wide / 2, spot.y + off + size},
                                    {spot.x - wide / 2, spot.y - off - size, spot.x + wide / 2, spot.y - off},
                                    {spot.x + off, spot.y - size / 2, spot.x + off + wide, spot.y + size / 2},
                                    {spot.x - off - wide, spot.y - size / 2, spot.x - off, spot.y + size / 2}}};
    const auto free = [&](const Box& box) {
      const bool inside = box.left >= 4 && box.top >= 4 && box.right <= width - 4 && box.bottom <= height - 4;
      return inside &&
             std::none_of(taken_.begin(), taken_.end(), [&](const Box& other) { return box.overlaps(other); });
    };
    const auto found = std::find_if(boxes.begin(), boxes.end(), free);
    if (found == boxes.end() && !always) return false;
    Box box = found == boxes.end() ? boxes.front() : *found;
    if (box.left < 4) box = {4, box.top, 4 + wide, box.bottom};
    if (box.right > width - 4) box = {width - 4 - wide, box.top, width - 4, box.bottom};
    taken_.push_back(box);
    svg_ += fmt::format(R"(<text class="{}" x="{:.1f}" y="{:.1f}" font-size="{}">{}</text>)", name, box.left,
                        box.bottom - size * 0.2, size, escape_markup(text));
    return true;
  }

  void draw_home(Spot venue) {
    const Spot home = projection_.place(*map_.home);
    svg_ += fmt::format(R"(<line class="map-line" x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}"/>)", home.x, home.y,
                        venue.x, venue.y);
    svg_ += fmt::format(R"(<circle class="map-home" cx="{:.1f}" cy="{:.1f}" r="10"/>)", home.x, home.y);
    taken_.push_back({home.x - 14, home.y - 14, home.x + 14, home.y + 14});
  }

  // Whoever lives next to the school has the word a little farther away.
  void label_home() {
    const Spot home = projection_.place(*map_.home);
    const std::string word = pages_.text(language_, "map.home");
    for (const double off : {16.0, 44.0, 72.0}) {
      if (label(home, word, 22, "map-text", off, false)) return;
    }
    label(home, word, 22, "map-text", 16, true);
  }

  void draw_venue(Spot spot) {
    svg_ += fmt::format(
        R"(<path class="map-venue" d="M{0:.1f} {1:.1f}c-5 -13 -19 -19 -19 -32a19 19 0 0 1 38 0c0 13 -14 19 -19 32z"/><circle class="map-eye" cx="{0:.1f}" cy="{2:.1f}" r="7"/>)",
        spot.x, spot.y, spot.y - 32);
    label(spot, map_.venue.name, 26, "map-name", 12, true);
  }

  void draw_scale() {
    const int length = round_length(projection_, 170);
    const double units = projection_.units(length);
    const double y = height - 20;
    svg_ += fmt::format(
        R"(<path class="map-scale" d="M20 {0}v8h{1:.1f}v-8"/><text class="map-text" x="20" y="{2}" font-size="20">{3}</text>)",
        y - 8, units, y - 16, escape_markup(write_distance(pages_, length, language_)));
    taken_.push_back({10, y - 44, std::max(20 + units, 130.0), height});
    svg_ += fmt::format(
        R"(<path class="map-north" d="M{0} 46l8 -26l8 26l-8 -7z"/><text class="map-text" x="{1}" y="66" font-size="20">{2}</text>)",
        width - 40, width - 40, escape_markup(pages_.text(language_, "map.north")));
    taken_.push_back({width - 60, 0, width, 76});
  }

  void draw_places() {
    // Nearest to the venue first.
    std::vector<std::pair<double, const NamedPoint*>> sorted;
    const Spot venue = projection_.place(map_.venue.at);
    for (const NamedPoint& place : map_.places) {
      const Spot spot = projection_.place(place.at);
      if (spot.x < 30 || spot.y < 30 || spot.x > width - 30 || spot.y > height - 30) continue;
      sorted.emplace_back(std::hypot(spot.x - venue.x, spot.y - venue.y), &place);
    }
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    int written = 0;
    for (const auto& [far, place] : sorted) {
      if (written == 9) return;
      const Spot spot = projection_.place(place->at);
      if (!label(spot, place->name, 20, "map-place", 8, false)) continue;
      svg_ += fmt::format(R"(<circle class="map-dot" cx="{:.1f}" cy="{:.1f}" r="4"/>)", spot.x, spot.y);
      ++written;
    }
  }

  const Pages& pages_;
  const VenueMap& map_;
  Language language_;
  Projection projection_;
  std::string svg_;
  std::vector<Box> taken_;
};

}  // namespace

std::string render_venue_map(const Pages& pages, const VenueMap& map, Language language) {
  return Drawing(pages, map, language).render();
}

std::string write_distance(const Pages& pages, Metres metres, Language language) {
  if (metres < 1'000) return pages.text(language, "map.metres", {{"metres", std::to_string(metres)}});
  const Metres tenths = (metres + 50) / 100;
  return pages.text(language, "map.kilometres",
                    {{"kilometres", tenths % 10 == 0 ? group_digits(tenths / 10)
                                                     : fmt::format("{}.{}", group_digits(tenths / 10), tenths % 10)}});
}

}  // namespace hanjari::web
