#include "comparison/pictures.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include <fmt/format.h>

#include "hanjari/base/markup.h"
#include "hanjari/base/people.h"

namespace hanjari::comparison {
namespace {

constexpr std::array<std::string_view, 8> colours = {"#0b50d0", "#d9480f", "#2b8a3e", "#862e9c",
                                                     "#0c8599", "#a61e4d", "#5c940d", "#495057"};

// A step of 1, 2 or 5 times a power of ten that divides `range` into about `parts`.
double tick_step(double range, int parts) {
  const double rough = std::max(range, 1e-9) / parts;
  const double power = std::pow(10.0, std::floor(std::log10(rough)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (rough <= factor * power) return factor * power;
  }
  return 10 * power;
}

double share_at_most(const std::vector<Metres>& sorted, double metres) {
  const auto end = std::upper_bound(sorted.begin(), sorted.end(), metres,
                                    [](double limit, Metres value) { return limit < static_cast<double>(value); });
  return static_cast<double>(end - sorted.begin()) / static_cast<double>(sorted.size());
}

}  // namespace

std::string_view plan_colour(std::size_t plan) {
  return colours[plan % colours.size()];
}

std::string draw_detour_curves(const Comparison& comparison, Language language) {
  constexpr double left = 52, top = 12, width = 640, height = 260;
  // Up to the 99th percentile of the farthest plan: the last hundredth would flatten everything else.
  double longest = 1000;
  for (const PlanFigures& plan : comparison.plans) {
    if (!plan.detours.empty())
      longest = std::max(longest, static_cast<double>(plan.detours[(plan.detours.size() - 1) * 99 / 100]));
  }
  const double step = tick_step(longest / 1000, 8);
  const double end_km = std::ceil(longest / 1000 / step) * step;
  const Text title{"Share of people by detour", "우회 거리별 응시자 누적 비율"};
  std::string svg =
      fmt::format(R"(<svg viewBox="0 0 720 320" role="img" aria-label="{}" xmlns="http://www.w3.org/2000/svg">)",
                  title.in(language));
  for (int percent = 0; percent <= 100; percent += 25) {
    const double y = top + height * (1 - percent / 100.0);
    svg += fmt::format(
        R"(<line class="grid" x1="{}" y1="{:.1f}" x2="{}" y2="{:.1f}"/><text x="{}" y="{:.1f}" text-anchor="end">{} %</text>)",
        left, y, left + width, y, left - 8, y + 4, percent);
  }
  const int ticks = static_cast<int>(std::lround(end_km / step));
  for (int tick = 0; tick <= ticks; ++tick) {
    const double x = left + width * tick / ticks;
    svg += fmt::format(R"(<text x="{:.1f}" y="{}" text-anchor="middle">{:g}{}</text>)", x, top + height + 20,
                       tick * step, tick == ticks ? " km" : "");
  }
  for (std::size_t plan = 0; plan < comparison.plans.size(); ++plan) {
    const auto& detours = comparison.plans[plan].detours;
    if (detours.empty()) continue;
    std::string points;
    for (int sample = 0; sample <= 160; ++sample) {
      const double share = share_at_most(detours, end_km * 1000 * sample / 160);
      points += fmt::format("{:.1f},{:.1f} ", left + width * sample / 160, top + height * (1 - share));
    }
    // Later lines have gaps, so that one below them still shows where both are the same.
    const std::string gaps = plan == 0 ? "" : fmt::format(R"( stroke-dasharray="{} {}")", 10, 4 + 4 * plan);
    svg += fmt::format(R"(<polyline class="curve" stroke="{}"{} points="{}"/>)", plan_colour(plan), gaps, points);
  }
  return svg + "</svg>";
}

std::string draw_venue_map(const Exam& exam, const PlanFigures& plan, Language language) {
  if (exam.venues.empty()) return {};
  Point low = exam.venues[0].at;
  Point high = low;
  for (const Venue& venue : exam.venues) {
    low = {std::min(low.lat, venue.at.lat), std::min(low.lon, venue.at.lon)};
    high = {std::max(high.lat, venue.at.lat), std::max(high.lon, venue.at.lon)};
  }
  // Degrees of longitude are shorter than those of latitude by the cosine of the latitude.
  const double squeeze = std::cos((low.lat + high.lat) / 2 * std::numbers::pi / 180);
  constexpr double margin = 24, side = 360;
  const double wide = std::max((high.lon - low.lon) * squeeze, 1e-6);
  const double tall = std::max(high.lat - low.lat, 1e-6);
  const double scale = (side - 2 * margin) / std::max(wide, tall);
  std::int64_t most = 1;
  double farthest = 1;
  for (const VenueUse& venue : plan.venues) {
    most = std::max(most, venue.people);
    farthest = std::max(farthest, venue.mean_travel_m);
  }
  const Text title{"Venues of the plan", "시험장 분포"};
  std::string svg =
      fmt::format(R"(<svg viewBox="0 0 {:.0f} {:.0f}" role="img" aria-label="{}" xmlns="http://www.w3.org/2000/svg">)",
                  wide * scale + 2 * margin, tall * scale + 2 * margin, title.in(language));
  for (const VenueUse& use : plan.venues) {
    const Venue& venue = exam[use.venue];
    const double x = margin + (venue.at.lon - low.lon) * squeeze * scale;
    const double y = margin + (high.lat - venue.at.lat) * scale;
    const std::string label =
        language == Language::korean
            ? fmt::format("{}: {}명, 평균 {:.1f} km", venue.name, group_digits(use.people), use.mean_travel_m / 1000)
            : fmt::format("{}: {}, {:.1f} km on average", venue.name, count_people(use.people), use.mean_travel_m / 1000);
    if (use.people == 0) {
      svg += fmt::format(R"(<circle class="unused" cx="{:.1f}" cy="{:.1f}" r="3"><title>{}</title></circle>)", x, y,
                         escape_markup(label));
      continue;
    }
    const double radius = 3 + 11 * std::sqrt(static_cast<double>(use.people) / static_cast<double>(most));
    svg += fmt::format(
        R"(<circle class="venue" cx="{:.1f}" cy="{:.1f}" r="{:.1f}" fill-opacity="{:.2f}"><title>{}</title></circle>)",
        x, y, radius, 0.15 + 0.75 * use.mean_travel_m / farthest, escape_markup(label));
  }
  return svg + "</svg>";
}

}  // namespace hanjari::comparison
