#include "intake/pages/office/figure_tables.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "hanjari/base/markup.h"
#include "hanjari/site/site.h"
#include "intake/pages/office/office_words.h"
#include "site/pages/pages.h"

namespace hanjari::web {
namespace {

using services::OfficeFigures;

constexpr std::size_t most_hours = 200;
constexpr std::int64_t hours_between = 24;

std::int64_t first_hour(const OfficeFigures& figures) {
  std::int64_t first = -1;
  if (!figures.own.curve.until.empty()) first = figures.own.curve.until.begin()->first;
  if (figures.beside && !figures.beside->curve.until.empty())
    first = std::min(first, figures.beside->curve.until.begin()->first);
  return first;
}

// How far the own curve goes: nothing is known of hours to come.
std::int64_t last_own_hour(const OfficeFigures& figures) {
  return figures.over ? -1 : figures.hour;
}

FigureTable hours_table(const Call& call, const OfficeFigures& figures) {
  const Pages& pages = call.site.pages();
  FigureTable table{"hours", pages.text(call.language, "figures.hours"), pages.text(call.language, "figures.before_closing"), {}};
  const std::int64_t first = first_hour(figures);
  const bool dense = static_cast<std::size_t>(-first) <= most_hours;
  for (std::int64_t hour = first; hour < 0; ++hour) {
    const bool shown = dense || (hour + 1) % hours_between == 0 || hour == last_own_hour(figures);
    if (!shown || (hour > last_own_hour(figures) && !figures.beside)) continue;
    FigureRow row{pages.text(call.language, "figures.hour", {{"hours", std::to_string(-hour - 1)}}), 0, std::nullopt};
    row.now = figures.own.curve.at(std::min(hour, last_own_hour(figures)));
    if (figures.beside) row.then = figures.beside->curve.at(hour);
    table.rows.push_back(std::move(row));
  }
  return table;
}

template <class Code>
std::int64_t count_in(const std::map<Code, std::int64_t>& counts, const Code& code) {
  const auto found = counts.find(code);
  return found == counts.end() ? 0 : found->second;
}

FigureTable units_table(const Call& call, const OfficeFigures& figures) {
  const Pages& pages = call.site.pages();
  FigureTable table{"units", pages.text(call.language, "figures.units"), pages.text(call.language, "table.unit"), {}};
  for (const NoticeUnit& unit : figures.own.stored->notice.units) {
    FigureRow row{write_unit_of(call, figures.own.stored->notice, unit.unit.code),
                  count_in(figures.own.units, unit.unit.code), std::nullopt};
    if (figures.beside) row.then = count_in(figures.beside->units, unit.unit.code);
    table.rows.push_back(std::move(row));
  }
  return table;
}

FigureTable districts_table(const Call& call, const OfficeFigures& figures) {
  const Pages& pages = call.site.pages();
  FigureTable table{"districts", pages.text(call.language, "figures.districts"), pages.text(call.language, "table.district"), {}};
  for (const DistrictCode& district : list_districts(figures.own.stored->notice)) {
    FigureRow row{write_district(call, district), count_in(figures.own.districts, district), std::nullopt};
    if (figures.beside) row.then = count_in(figures.beside->districts, district);
    table.rows.push_back(std::move(row));
  }
  return table;
}

std::string write_trait(const Call& call, const std::string& word) {
  const Pages& pages = call.site.pages();
  if (word == "F") return pages.text(call.language, "table.female");
  if (word == "M") return pages.text(call.language, "table.male");
  if (word == "inside") return pages.text(call.language, "figures.inside");
  if (word == "outside") return pages.text(call.language, "table.outside");
  if (word == "under_20") return pages.text(call.language, "figures.under_20");
  if (word == "60_and_over") return pages.text(call.language, "figures.over_60");
  if (word == "unknown") return pages.text(call.language, "figures.unknown");
  return word;
}

std::int64_t trait_in(const services::TraitCounts& traits, const std::string& kind, const std::string& word) {
  for (const services::TraitCount& one : traits.counts) {
    if (one.kind == kind && one.word == word) return one.people;
  }
  return 0;
}

FigureTable traits_table(const Call& call, const OfficeFigures& figures, const std::string& kind,
                         const std::string& title, const std::string& heading) {
  FigureTable table{kind, title, heading, {}};
  std::set<std::string> words;
  const auto gather = [&](const services::TraitCounts& traits) {
    for (const services::TraitCount& one : traits.counts) {
      if (one.kind == kind) words.insert(one.word);
    }
  };
  gather(figures.own.traits);
  if (figures.beside) gather(figures.beside->traits);
  for (const std::string& word : words) {
    FigureRow row{write_trait(call, word), trait_in(figures.own.traits, kind, word), std::nullopt};
    if (figures.beside) row.then = trait_in(figures.beside->traits, kind, word);
    table.rows.push_back(std::move(row));
  }
  return table;
}

// The area in which curves are drawn, in units of the picture.
constexpr int picture_left = 70;
constexpr int picture_right = 700;
constexpr int picture_top = 20;
constexpr int picture_bottom = 300;

struct CurveScale {
  std::int64_t first;  // hour at the left edge; closing is the right one
  std::int64_t most;   // at the top
  std::int64_t x(std::int64_t hour) const {
    return picture_left + (picture_right - picture_left) * (hour - first) / std::max<std::int64_t>(-1 - first, 1);
  }
  std::int64_t y(std::int64_t people) const {
    return picture_bottom - (picture_bottom - picture_top) * people / std::max<std::int64_t>(most, 1);
  }
};

std::string curve_points(const services::HourCurve& curve, const CurveScale& scale, std::int64_t last) {
  std::string points;
  for (std::int64_t hour = scale.first; hour <= last; ++hour)
    points += fmt::format("{}{},{}", points.empty() ? "" : " ", scale.x(hour), scale.y(curve.at(hour)));
  return points;
}

}  // namespace

std::vector<FigureTable> list_figure_tables(const Call& call, const OfficeFigures& figures) {
  const Pages& pages = call.site.pages();
  const auto say = [&](const char* name) { return pages.text(call.language, name); };
  return {hours_table(call, figures),
          units_table(call, figures),
          districts_table(call, figures),
          traits_table(call, figures, "sex", say("figures.sex"), say("table.sex")),
          traits_table(call, figures, "age", say("figures.ages"), say("figures.age")),
          traits_table(call, figures, "residence", say("figures.residences"), say("figures.residence"))};
}

std::string draw_curves(const OfficeFigures& figures, const std::string& title, const std::string& own_name,
                        const std::string& other_name, const std::string& axis) {
  CurveScale scale{first_hour(figures), figures.own.curve.total};
  if (figures.beside) scale.most = std::max(scale.most, figures.beside->curve.total);
  std::string svg = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 720 350\" width=\"720\" height=\"350\" role=\"img\" "
      "aria-label=\"{}\" color=\"#33363d\" font-family=\"sans-serif\" font-size=\"13\" fill=\"currentColor\"><title>{}</title>",
      escape_markup(title), escape_markup(title));
  for (int line = 0; line <= 4; ++line) {
    const std::int64_t people = scale.most * line / 4;
    svg += fmt::format(
        "<line x1=\"{0}\" x2=\"{1}\" y1=\"{2}\" y2=\"{2}\" stroke=\"currentColor\" stroke-opacity=\"0.25\"/><text x=\"{3}\" "
        "y=\"{4}\" text-anchor=\"end\">{5}</text>",
        picture_left, picture_right, scale.y(people), picture_left - 8, scale.y(people) + 4, group_digits(people));
  }
  const auto draw = [&](const services::HourCurve& curve, std::int64_t last, const char* dashes, const std::string& name,
                        int name_y) {
    svg += fmt::format("<polyline fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\"{} points=\"{}\"/>", dashes,
                       curve_points(curve, scale, last));
    svg += fmt::format(
        "<line x1=\"{0}\" x2=\"{1}\" y1=\"{2}\" y2=\"{2}\" stroke=\"currentColor\" stroke-width=\"2\"{3}/><text x=\"{4}\" "
        "y=\"{5}\">{6}</text>",
        picture_left + 10, picture_left + 50, name_y - 4, dashes, picture_left + 58, name_y, escape_markup(name));
  };
  draw(figures.own.curve, last_own_hour(figures), "", own_name, picture_top + 20);
  if (figures.beside) draw(figures.beside->curve, -1, " stroke-dasharray=\"6 4\"", other_name, picture_top + 40);
  svg += fmt::format("<text x=\"{}\" y=\"{}\">{}</text>", picture_left, picture_bottom + 24,
                     fmt::format("-{}", -scale.first - 1));
  svg += fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"end\">{}</text></svg>", picture_right, picture_bottom + 24,
                     escape_markup(axis));
  return svg;
}

}  // namespace hanjari::web
