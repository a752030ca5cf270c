#include "jobs/pages/gap_drawing.h"

#include <algorithm>

#include <fmt/format.h>

#include "hanjari/base/markup.h"

namespace hanjari::web {
namespace {

constexpr double gap_width = 640;
constexpr double gap_left = 70;
constexpr double gap_top = 16;
constexpr double gap_bottom = 230;

double seconds_of(const services::GapPoint& point) {
  return static_cast<double>(point.after.count()) / 1'000;
}

}  // namespace

std::string render_gap_curve(const Pages& pages, const std::vector<services::GapPoint>& curve, Language language) {
  double highest = 1e-6;
  for (const services::GapPoint& point : curve) highest = std::max(highest, point.gap());
  const double latest = curve.empty() ? 1 : std::max(seconds_of(curve.back()), 1.0);
  std::string points;
  for (const services::GapPoint& point : curve) {
    points += fmt::format("{:.1f},{:.1f} ", gap_left + seconds_of(point) / latest * (gap_width - gap_left - 20),
                          gap_bottom - std::max(point.gap(), 0.0) / highest * (gap_bottom - gap_top));
  }
  return fmt::format(
      R"(<svg class="curves" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} 264" role="img" aria-labelledby="gap-curve-name"><title id="gap-curve-name">{1}</title><line class="axis" x1="{2}" x2="{3}" y1="{4}" y2="{4}"/><text x="4" y="{5}">{6:.2f} %</text><text x="4" y="{4}">0 %</text><polyline class="curve" points="{7}"/><text x="{2}" y="256">0 s</text><text x="{8}" y="256">{9:.0f} s</text></svg>)",
      gap_width, escape_markup(pages.text(language, "jobs.gap_curve")), gap_left, gap_width - 20, gap_bottom, gap_top + 6,
      100 * highest, points, gap_width - 70, latest);
}

std::vector<services::GapPoint> thin_out(const std::vector<services::GapPoint>& curve, std::size_t most) {
  if (curve.size() <= most || most < 2) return curve;
  std::vector<services::GapPoint> thin;
  for (std::size_t at = 0; at < most; ++at) thin.push_back(curve[at * (curve.size() - 1) / (most - 1)]);
  return thin;
}

}  // namespace hanjari::web
