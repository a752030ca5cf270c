#include "plans/pages/workbench/plan_map.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <fmt/format.h>

#include "hanjari/base/markup.h"

namespace hanjari::web {
namespace {

using services::PlanSummary;
using services::SummaryDistrict;
using services::SummaryFlow;
using services::SummaryVenue;

// The drawing's own units; the page scales it.
constexpr double map_width = 900;
constexpr double map_margin = 40;
constexpr double map_height = 660;
constexpr double radians = 3.14159265358979323846 / 180;

struct Dot {
  double x = 0;
  double y = 0;
};

// Equirectangular about the middle of all places, north at the top.
class CityProjection {
 public:
  explicit CityProjection(const PlanSummary& summary) {
    std::vector<Point> points;
    for (const SummaryVenue& venue : summary.venues) points.push_back(venue.at);
    for (const SummaryDistrict& district : summary.districts) {
      if (district.at) points.push_back(*district.at);
    }
    if (points.empty()) return;
    low_ = high_ = points.front();
    for (const Point& point : points) {
      low_ = {std::min(low_.lat, point.lat), std::min(low_.lon, point.lon)};
      high_ = {std::max(high_.lat, point.lat), std::max(high_.lon, point.lon)};
    }
    shrink_ = std::cos((low_.lat + high_.lat) / 2 * radians);
    const double across = std::max((high_.lon - low_.lon) * shrink_, 1e-6);
    const double down = std::max(high_.lat - low_.lat, 1e-6);
    scale_ = std::min((map_width - 2 * map_margin) / across, (map_height - 2 * map_margin) / down);
  }
  Dot place(Point at) const {
    const double middle_lat = (low_.lat + high_.lat) / 2;
    const double middle_lon = (low_.lon + high_.lon) / 2;
    return {map_width / 2 + (at.lon - middle_lon) * shrink_ * scale_,
            map_height / 2 - (at.lat - middle_lat) * scale_};
  }

 private:
  Point low_;
  Point high_;
  double shrink_ = 1;
  double scale_ = 1;
};

class CityDrawing {
 public:
  CityDrawing(const Pages& pages, const PlanSummary& summary, const MapChoice& choice, const std::string& address,
              Language language)
      : pages_(pages), summary_(summary), choice_(choice), address_(address), language_(language), projection_(summary) {}

  std::string render() {
    svg_ = fmt::format(
        R"(<svg class="plan-map" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="group" aria-labelledby="plan-map-name"><title id="plan-map-name">{}</title>)",
        map_width, map_height, escape_markup(pages_.text(language_, "workbench.map_title")));
    for (const SummaryFlow& flow : summary_.flows) draw_flow(flow);
    for (std::size_t at = 0; at < summary_.districts.size(); ++at) draw_district(at);
    for (std::size_t at = 0; at < summary_.venues.size(); ++at) draw_venue(at);
    return svg_ + "</svg>";
  }

 private:
  bool is_shown(const SummaryFlow& flow) const {
    return (choice_.venue && *choice_.venue == flow.venue) || (choice_.district && *choice_.district == flow.district);
  }

  void draw_flow(const SummaryFlow& flow) {
    const SummaryDistrict& district = summary_.districts[flow.district];
    if (!is_shown(flow) || !district.at) return;
    const Dot from = projection_.place(*district.at);
    const Dot to = projection_.place(summary_.venues[flow.venue].at);
    svg_ += fmt::format(R"(<line class="flow{}" x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}" stroke-width="{:.1f}"/>)",
                        flow.over_cap > 0 ? " flow-far" : "", from.x, from.y, to.x, to.y,
                        std::clamp(std::sqrt(static_cast<double>(flow.people)) * 0.6, 1.0, 16.0));
  }

  std::int64_t people_of_district(std::size_t district) const {
    std::int64_t people = 0;
    for (const SummaryFlow& flow : summary_.flows) people += flow.district == district ? flow.people : 0;
    return people;
  }

  void draw_district(std::size_t at) {
    const SummaryDistrict& district = summary_.districts[at];
    if (!district.at) return;
    const Dot dot = projection_.place(*district.at);
    const bool chosen = choice_.district && *choice_.district == at;
    const std::string label = pages_.text(
        language_, people_of_district(at) == 1 ? "workbench.map_district_one" : "workbench.map_district",
        {{"name", district.name.in(language_)}, {"people", group_digits(people_of_district(at))}});
    const bool at_edge = dot.x > map_width - 180;  // its name stands to the left, or it would be cut off
    svg_ += fmt::format(
        R"(<a class="map-district{}" href="{}?district={}" tabindex="-1" aria-label="{}"><title>{}</title><rect x="{:.1f}" y="{:.1f}" width="14" height="14"/><text x="{:.1f}" y="{:.1f}"{}>{}</text></a>)",
        chosen ? " chosen" : "", escape_markup(address_), encode_percent(word_of_district(district)),
        escape_markup(label), escape_markup(label), dot.x - 7, dot.y - 7, at_edge ? dot.x - 10 : dot.x + 10,
        dot.y + 5, at_edge ? R"( text-anchor="end")" : "", escape_markup(district.name.in(language_)));
  }

  void draw_venue(std::size_t at) {
    const SummaryVenue& venue = summary_.venues[at];
    const Dot dot = projection_.place(venue.at);
    const bool chosen = choice_.venue && *choice_.venue == at;
    const std::string label = pages_.text(language_, venue.capacity == 1 ? "workbench.map_venue_one" : "workbench.map_venue",
                                          {{"name", venue.name},
                                           {"people", group_digits(venue.people)},
                                           {"capacity", group_digits(venue.capacity)}});
    svg_ += fmt::format(
        R"(<a class="map-school load-{}{}" href="{}?venue={}" tabindex="-1" aria-label="{}"><title>{}</title><circle cx="{:.1f}" cy="{:.1f}" r="{:.1f}"/></a>)",
        load_step(venue), chosen ? " chosen" : "", escape_markup(address_), encode_percent(venue.code.text()),
        escape_markup(label), escape_markup(label), dot.x, dot.y,
        std::clamp(std::sqrt(static_cast<double>(venue.people)) * 0.55, 4.0, 24.0));
  }

  const Pages& pages_;
  const PlanSummary& summary_;
  const MapChoice& choice_;
  const std::string& address_;
  Language language_;
  CityProjection projection_;
  std::string svg_;
};

}  // namespace

std::string render_plan_map(const Pages& pages, const services::PlanSummary& summary, const MapChoice& choice,
                            const std::string& address, Language language) {
  return CityDrawing(pages, summary, choice, address, language).render();
}

int load_step(const services::SummaryVenue& venue) {
  if (venue.people == 0) return 0;
  if (venue.people * 100 < venue.capacity * 60) return 1;
  if (venue.people * 100 < venue.capacity * 80) return 2;
  return venue.people * 100 < venue.capacity * 95 ? 3 : 4;
}

std::string word_of_district(const services::SummaryDistrict& district) {
  return district.code.empty() ? "outside" : district.code;
}

}  // namespace hanjari::web
