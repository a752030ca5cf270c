#include <algorithm>
#include <cmath>
#include <functional>

#include <fmt/format.h>

#include "hanjari/base/markup.h"
#include "hanjari/base/people.h"
#include "hanjari/domain/spelling.h"
#include "hanjari/whatif/whatif.h"
#include "whatif/picture.h"

namespace hanjari::whatif {
namespace {

constexpr std::string_view style = R"(
:root{color-scheme:light dark;--ink:#1e2124;--dim:#58616a;--line:#cdd1d5;--paper:#fff;--one:#0b50d0;--two:#d9480f;--warn:#b42318}
@media(prefers-color-scheme:dark){:root{--ink:#f4f5f6;--dim:#b1b8be;--line:#464c53;--paper:#131416;--one:#6aa2ff;--two:#ff9a5c;--warn:#ff8f84}}
body{font:16px/1.6 "Pretendard GOV","Noto Sans KR","NanumGothic",sans-serif;color:var(--ink);background:var(--paper);margin:0 auto;max-width:1000px;padding:24px 16px 64px}
h1{font-size:1.6rem;line-height:1.3;margin:0 0 4px}h2{font-size:1.2rem;margin:32px 0 8px}p{margin:4px 0;color:var(--dim)}
.scroll{overflow-x:auto}table{border-collapse:collapse;min-width:100%;font-variant-numeric:tabular-nums}
th,td{padding:6px 10px;border-bottom:1px solid var(--line);text-align:right;white-space:nowrap}th:first-child,td:first-child{text-align:left}
thead th{border-bottom:2px solid var(--ink)}.warn{color:var(--warn);font-weight:600}
@media print{body{max-width:none;padding:0}tr,svg{break-inside:avoid}}
)";

struct Curve {
  Text name;
  std::function<double(const Point&)> value;
};

bool was_replanned(const std::vector<Point>& points) {
  return std::any_of(points.begin(), points.end(), [](const Point& point) { return point.report.change.has_value(); });
}

std::vector<Curve> curves_of(Key key, const std::vector<Point>& points) {
  if (was_replanned(points)) {
    return {{{"people who change venue", "시험장이 바뀌는 인원"},
             [](const Point& point) { return static_cast<double>(point.report.change->venue); }},
            {{"people who change venue or room", "시험장이나 시험실이 바뀌는 인원"}, [](const Point& point) {
               return static_cast<double>(point.report.change->venue + point.report.change->room);
             }}};
  }
  // A detour is counted from the nearest school, which another venue brings nearer or a lost one takes away: how far
  // people go tells what the venue is worth.
  if (key == Key::add_venue || key == Key::lose_venue) {
    return {{{"mean travel, km", "평균 이동 거리(km)"}, [](const Point& point) { return point.mean_travel_m() / 1000; }}};
  }
  return {
      {{"mean detour, km", "평균 우회 거리(km)"}, [](const Point& point) { return point.report.told_detour_m.mean / 1000; }},
      {{"95 of 100 people below, km", "95 백분위(km)"},
       [](const Point& point) { return static_cast<double>(point.report.told_detour_m.p95) / 1000; }}};
}

}  // namespace

std::string render_whatif_svg(const Variation& variation, const std::vector<Point>& points, Language language) {
  constexpr double left = 70, top = 44, width = 680, height = 260;
  const std::vector<Curve> curves = curves_of(variation.key, points);
  double most = 0;
  for (const Point& point : points) {
    if (point.report.unseated > 0) continue;
    for (const Curve& curve : curves) most = std::max(most, curve.value(point));
  }
  // People are counted whole: an axis that ends below four of them would name parts of a person.
  most = round_up(std::max(most, was_replanned(points) ? 4.0 : 1e-3));
  const auto count = static_cast<double>(points.size());
  const auto x_of = [&](std::size_t i) { return left + width * (static_cast<double>(i) + 0.5) / count; };
  const auto y_of = [&](double value) { return top + height * (1 - value / most); };
  std::string svg =
      fmt::format(R"(<svg viewBox="0 0 770 370" role="img" aria-label="{}" xmlns="http://www.w3.org/2000/svg">{})",
                  escape_markup(name_of(variation.key).in(language)), picture_style);
  for (int part = 0; part <= 4; ++part) {
    const double value = most * part / 4;
    svg += fmt::format(
        R"(<line class="g" x1="{}" x2="{}" y1="{:.1f}" y2="{:.1f}"/><text x="{}" y="{:.1f}" text-anchor="end">{}</text>)",
        left, left + width, y_of(value), y_of(value), left - 8, y_of(value) + 4, number(value));
  }
  const std::size_t label_every = points.size() / 16 + 1;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (i % label_every == 0) {
      svg += fmt::format(R"(<text x="{:.1f}" y="{}" text-anchor="middle">{}</text>)", x_of(i), top + height + 20,
                         escape_markup(points[i].value));
    }
    if (points[i].report.unseated > 0) {
      const double x = x_of(i);
      const double y = top + height - 8;
      svg += fmt::format(
          R"(<path class="x" d="M{:.1f} {:.1f}l8 8m0 -8l-8 8"><title>{}</title></path>)", x - 4, y - 4,
          escape_markup(Text{fmt::format("{} without a seat", count_people(points[i].report.unseated)),
                             fmt::format("{}명 배정 불가", group_digits(points[i].report.unseated))}
                            .in(language)));
      // How many people have no seat, and how many rooms would have to be found.
      if (i % label_every == 0) {
        svg += fmt::format(R"(<text x="{:.1f}" y="{:.1f}" text-anchor="middle">{}{}</text>)", x, y - 10,
                           group_digits(points[i].report.unseated),
                           points[i].missing_rooms > 0 ? " (+" + group_digits(points[i].missing_rooms) + ")" : "");
      }
    }
  }
  svg += fmt::format(R"(<text class="k" x="{:.1f}" y="{}" text-anchor="middle">{}</text>)", left + width / 2,
                     top + height + 42, escape_markup(name_of(variation.key).in(language)));
  for (std::size_t which = 0; which < curves.size(); ++which) {
    std::string line;
    bool pen_down = false;
    std::string dots;
    for (std::size_t i = 0; i < points.size(); ++i) {
      if (points[i].report.unseated > 0) {
        pen_down = false;
        continue;
      }
      const double y = y_of(curves[which].value(points[i]));
      line += fmt::format("{}{:.1f} {:.1f}", pen_down ? "L" : "M", x_of(i), y);
      dots +=
          fmt::format(R"(<circle class="d{}" cx="{:.1f}" cy="{:.1f}" r="3.5"><title>{}: {}</title></circle>)",
                      which + 1, x_of(i), y, escape_markup(points[i].value), number(curves[which].value(points[i])));
      pen_down = true;
    }
    // Venues stand in no order: no line between them.
    if (variation.key != Key::lose_venue)
      svg += fmt::format(R"(<path class="{}" d="{}"/>)", which == 0 ? "one" : "two", line);
    svg += dots;
    const double at = left + 330.0 * static_cast<double>(which);
    svg += fmt::format(R"(<path class="{}" d="M{:.1f} 18h28"/><text class="k" x="{:.1f}" y="22">{}</text>)",
                       which == 0 ? "one" : "two", at, at + 36, escape_markup(curves[which].name.in(language)));
  }
  return svg + "</svg>\n";
}

std::string render_whatif_html(const Exam& exam, const Variation& variation, const std::vector<Point>& points,
                               Language language) {
  const bool korean = language == Language::korean;
  const Text title{"What if: " + name_of(variation.key).en, "바꿔 보기: " + name_of(variation.key).ko};
  std::string html = fmt::format(
      R"(<!doctype html><html lang="{}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{}</title>)"
      "<style>{}</style></head><body><h1>{}</h1><p>{} · {}</p>",
      korean ? "ko" : "en", escape_markup(title.in(language)), style, escape_markup(title.in(language)),
      escape_markup(korean ? exam.header.name_ko : exam.header.name_en), format_date(exam.header.exam_on));
  html += render_whatif_svg(variation, points, language);
  html += fmt::format(
      "<p>{}</p>", Text{"A cross marks a value with which not everybody has a seat: above it how many people have none and, in "
                        "brackets, how many more rooms would be needed.",
                        "×는 모두에게 좌석을 배정할 수 없는 값입니다. 위의 수는 미배정 인원, 괄호 안은 더 필요한 시험실 "
                        "수입니다."}
                       .in(language));
  if (const auto& places = best_places(points); !places.empty()) {
    html += "<p>" +
            Text{"A further venue helps most here, in this order:", "시험장을 더한다면 다음 순서로 도움이 됩니다."}.in(
                language) +
            "</p><ol>";
    for (const AddedVenue& added : places) html += "<li>" + escape_markup(describe(added).in(language)) + "</li>";
    html += "</ol>";
  }
  const bool replanned = was_replanned(points);
  std::vector<Text> heads = {name_of(variation.key), {"status", "상태"}, {"without a seat", "미배정"}};
  if (replanned) {
    heads.insert(heads.end(), {{"rooms missing", "부족한 시험실"},
                               {"other venue", "시험장 변경"},
                               {"other room", "시험실 변경"},
                               {"other seat", "좌석 변경"},
                               {"weighted", "가중합"},
                               {"least", "이론적 최솟값"}});
  }
  heads.insert(heads.end(), {{"travel, km", "거리 합계(km)"},
                             {"mean detour, m", "평균 우회(m)"},
                             {"95 %, m", "95 백분위(m)"},
                             {"longest, m", "최장(m)"},
                             {"over the cap", "상한 초과"},
                             {"rooms", "시험실"},
                             {"venues", "시험장"}});
  html += "<div class=\"scroll\"><table><thead><tr>";
  for (const Text& head : heads) html += "<th>" + escape_markup(head.in(language)) + "</th>";
  html += "</tr></thead><tbody>";
  for (const Point& point : points) {
    const PlanReport& report = point.report;
    const auto cell = [&](std::int64_t value) { html += "<td>" + group_digits(value) + "</td>"; };
    html += "<tr><td>" + escape_markup(point.value) + "</td>";
    html += fmt::format("<td{}>{}</td>", report.unseated > 0 ? " class=\"warn\"" : "", escape_markup(name_of(report.status).in(language)));
    cell(report.unseated);
    if (report.change) {
      html += "<td>" + point.missing_rooms_shown() + "</td>";
      cell(report.change->venue);
      cell(report.change->room);
      cell(report.change->seat);
      cell(report.change->weighted);
      cell(report.change->floor_weighted);
    }
    cell(report.objective.travel_m / 1000);
    cell(std::llround(report.told_detour_m.mean));
    cell(report.told_detour_m.p95);
    cell(report.told_detour_m.max);
    cell(report.over_detour_cap);
    cell(report.objective.rooms_opened);
    cell(report.objective.venues_opened);
    html += "</tr>";
  }
  return html + "</tbody></table></div></body></html>\n";
}

}  // namespace hanjari::whatif
