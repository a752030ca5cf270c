#include "hanjari/base/markup.h"
#include "hanjari/base/people.h"
#include "hanjari/whatif/trade_off.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "hanjari/allocation/allocate.h"
#include "hanjari/allocation/detour_caps.h"
#include "hanjari/domain/spelling.h"
#include "hanjari/seating/seats.h"
#include "whatif/picture.h"

namespace hanjari::whatif {
namespace {

constexpr std::size_t cap_points = 8;
constexpr std::array<std::int64_t, 7> pair_weights = {0, 3'000, 10'000, 20'000, 30'000, 60'000, 120'000};
constexpr std::array<Mixing, 4> policies = {Mixing::never, Mixing::same_series, Mixing::leftover, Mixing::free};

constexpr std::array<std::pair<TradeOff, std::string_view>, 3> words = {
    {{TradeOff::detour_cap, "detour_cap"}, {TradeOff::pairs, "pairs"}, {TradeOff::mixing, "mixing"}}};

TradePoint plan_point(std::string setting, const Exam& exam, int threads, const Clock& clock) {
  const Seed seed{};
  allocation::Limits limits;
  limits.threads = threads;
  const PlanReport report =
      seating::seat(exam, allocation::allocate(exam, seed, limits, clock, no_progress()), seed).report;
  return {.setting = std::move(setting),
          .travel_m = report.objective.travel_m,
          .detour_m = report.detour_m.total,
          .longest_detour_m = report.detour_m.max,
          .over_detour_cap = report.over_detour_cap,
          .unseated = report.unseated,
          .pairs = report.objective.unit_venue_pairs,
          .rooms = report.objective.rooms_opened};
}

std::vector<TradePoint> trace_caps(const Exam& exam, int threads, Progress& progress) {
  std::vector<TradePoint> points;
  for (const allocation::CapPoint& cap : allocation::trace_detour_caps(exam, cap_points, threads, progress)) {
    points.push_back({.setting = cap.cap_m ? std::to_string(*cap.cap_m) : "",
                      .travel_m = cap.travel_m,
                      .detour_m = cap.detour_m,
                      .longest_detour_m = cap.longest_m,
                      .over_detour_cap = cap.over,
                      .unseated = cap.unseated});
  }
  return points;
}

bool possible(const TradePoint& point) {
  return point.unseated == 0 && point.over_detour_cap == 0;
}

// A point of the picture: to the right and upwards, with its label.
struct Mark {
  double x = 0;
  double y = 0;
  std::string label;
  bool possible = true;
};

struct Axes {
  Text x;
  Text y;
};

constexpr double left = 80, top = 30, width = 660, height = 260;

std::string draw_frame(const Text& title, const Axes& axes, double most_x, double most_y, Language language) {
  std::string svg =
      fmt::format(R"(<svg viewBox="0 0 770 370" role="img" aria-label="{}" xmlns="http://www.w3.org/2000/svg">{})",
                  escape_markup(title.in(language)), picture_style);
  for (int part = 0; part <= 4; ++part) {
    const double y = top + height * (1 - part / 4.0);
    svg += fmt::format(
        R"(<line class="g" x1="{}" x2="{}" y1="{:.1f}" y2="{:.1f}"/><text x="{}" y="{:.1f}" text-anchor="end">{}</text>)",
        left, left + width, y, y, left - 8, y + 4, number(most_y * part / 4));
    if (most_x > 0) {
      svg += fmt::format(R"(<text x="{:.1f}" y="{}" text-anchor="middle">{}</text>)", left + width * part / 4,
                         top + height + 20, number(most_x * part / 4));
    }
  }
  svg += fmt::format(R"(<text class="k" x="{:.1f}" y="{}" text-anchor="middle">{}</text>)", left + width / 2,
                     top + height + 44, escape_markup(axes.x.in(language)));
  svg += fmt::format(R"(<text class="k" x="{}" y="18">{}</text>)", left - 60, escape_markup(axes.y.in(language)));
  return svg;
}

std::string draw_line(const Text& title, const Axes& axes, const std::vector<Mark>& marks, Language language) {
  double most_x = 0, most_y = 0;
  for (const Mark& mark : marks) {
    most_x = std::max(most_x, mark.x);
    if (mark.possible) most_y = std::max(most_y, mark.y);
  }
  most_x = round_up(std::max(most_x, 1e-3));
  most_y = round_up(std::max(most_y, 1e-3));
  std::string svg = draw_frame(title, axes, most_x, most_y, language);
  std::string line, dots;
  for (const Mark& mark : marks) {
    const double x = left + width * mark.x / most_x;
    const double y = top + height * (1 - mark.y / most_y);
    if (!mark.possible) {
      dots += fmt::format(R"(<path class="x" d="M{:.1f} {:.1f}l8 8m0 -8l-8 8"><title>{}</title></path>)", x - 4,
                          top + height - 12, escape_markup(mark.label));
      continue;
    }
    line += fmt::format("{}{:.1f} {:.1f}", line.empty() ? "M" : "L", x, y);
    dots += fmt::format(R"(<circle class="d1" cx="{:.1f}" cy="{:.1f}" r="4"><title>{}</title></circle>)", x, y,
                        escape_markup(mark.label));
    dots += fmt::format(R"(<text x="{:.1f}" y="{:.1f}">{}</text>)", x + 7, y - 7, escape_markup(mark.label));
  }
  return svg + fmt::format(R"(<path class="one" d="{}"/>)", line) + dots + "</svg>\n";
}

std::string draw_bars(const Text& title, const Axes& axes, const std::vector<Mark>& marks, Language language) {
  double most = 0;
  for (const Mark& mark : marks) most = std::max(most, mark.possible ? mark.y : 0);
  most = round_up(std::max(most, 1e-3));
  std::string svg = draw_frame(title, axes, 0, most, language);
  const double each = width / static_cast<double>(marks.size());
  for (std::size_t i = 0; i < marks.size(); ++i) {
    const double x = left + each * static_cast<double>(i) + each * 0.2;
    const double tall = marks[i].possible ? height * marks[i].y / most : 0;
    svg += fmt::format(R"(<rect class="bar" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" rx="2"/>)", x,
                       top + height - tall, each * 0.6, tall);
    svg += fmt::format(R"(<text class="k" x="{:.1f}" y="{:.1f}" text-anchor="middle">{}</text>)", x + each * 0.3,
                       top + height - tall - 6, marks[i].possible ? number(marks[i].y) : "×");
    svg += fmt::format(R"(<text x="{:.1f}" y="{}" text-anchor="middle">{}</text>)", x + each * 0.3, top + height + 20,
                       escape_markup(marks[i].label));
  }
  return svg + "</svg>\n";
}

std::string kilometres(Metres metres) {
  return fmt::format("{:.1f} km", static_cast<double>(metres) / 1000);
}

}  // namespace

std::string_view spell(TradeOff kind) {
  for (const auto& [value, word] : words) {
    if (value == kind) return word;
  }
  return {};
}

std::optional<TradeOff> parse_trade_off(std::string_view word) {
  for (const auto& [value, spelt] : words) {
    if (spelt == word) return value;
  }
  return std::nullopt;
}

Text name_of(TradeOff kind) {
  if (kind == TradeOff::detour_cap) return {"Detour cap against travel", "우회 상한과 이동 거리"};
  if (kind == TradeOff::pairs) return {"Units at a venue against travel", "시험장별 모집단위 수와 이동 거리"};
  return {"What sharing rooms would save", "시험실 공용에 따른 이동 거리"};
}

std::vector<TradePoint> trace(const Exam& exam, TradeOff kind, int threads, const Clock& clock, Progress& progress) {
  std::vector<TradePoint> points;
  trace(exam, kind, threads, clock, progress, points);
  return points;
}

void trace(const Exam& exam, TradeOff kind, int threads, const Clock& clock, Progress& progress,
           std::vector<TradePoint>& points) {
  if (kind == TradeOff::detour_cap) {
    points = trace_caps(exam, threads, progress);
    return;
  }
  Exam scenario = exam;
  const auto plan = [&](std::string setting) {
    points.push_back(plan_point(std::move(setting), scenario, threads, clock));
    progress.report(points.size(), points.back().setting);
  };
  if (kind == TradeOff::pairs) {
    progress.stage(name_of(kind), pair_weights.size());
    for (const std::int64_t weight : pair_weights) {
      scenario.policy.weights.unit_at_venue = weight;
      plan(std::to_string(weight));
    }
    return;
  }
  progress.stage(name_of(kind), policies.size());
  for (const Mixing mixing : policies) {
    scenario.policy.mixing = mixing;
    plan(std::string(hanjari::spell(mixing)));
  }
}

Text name_of_setting(TradeOff kind, const std::string& setting) {
  if (kind != TradeOff::mixing) {
    if (setting.empty()) return {"no cap", "상한 없음"};
    const std::string distance = kilometres(std::stoll(setting));
    return {distance, distance};
  }
  const std::optional<Mixing> mixing = parse_word<Mixing>(setting);
  if (!mixing) return {setting, setting};
  switch (*mixing) {
    case Mixing::never:
      return {"rooms are not shared", "함께 쓰지 않음"};
    case Mixing::same_series:
      return {"within a series", "같은 직렬끼리"};
    case Mixing::leftover:
      return {"one shared room a unit", "남는 인원만"};
    case Mixing::free:
      break;
  }
  return {"freely", "제한 없음"};
}

std::string render_trade_off_svg(TradeOff kind, const std::vector<TradePoint>& points, Language language) {
  Metres least = 0;
  bool any = false;
  for (const TradePoint& point : points) {
    if (!possible(point)) continue;
    least = any ? std::min(least, point.travel_m) : point.travel_m;
    any = true;
  }
  const auto more = [&](const TradePoint& point) {
    return least > 0 ? 100 * static_cast<double>(point.travel_m - least) / static_cast<double>(least) : 0;
  };
  std::vector<Mark> marks;
  for (const TradePoint& point : points) {
    Mark mark{.y = more(point), .possible = possible(point)};
    if (kind == TradeOff::detour_cap) {
      const Metres cap = point.setting.empty() ? point.longest_detour_m : std::stoll(point.setting);
      mark.x = static_cast<double>(cap) / 1000;
      mark.label = name_of_setting(kind, point.setting).in(language);
      if (!mark.possible) {
        mark.label += Text{fmt::format(": impossible, {} beyond it", count_people(point.over_detour_cap)),
                           fmt::format(": 불가능, 초과 {}명", group_digits(point.over_detour_cap))}
                          .in(language);
      }
    } else {
      mark.x = static_cast<double>(point.pairs);
      mark.label = name_of_setting(kind, point.setting).in(language);
    }
    marks.push_back(std::move(mark));
  }
  const Text travel{"more travel, %", "이동 거리 증가(%)"};
  if (kind == TradeOff::mixing) return draw_bars(name_of(kind), {{"", ""}, travel}, marks, language);
  const Text across = kind == TradeOff::detour_cap
                          ? Text{"cap on the detour, km", "우회 상한(km)"}
                          : Text{"pairs of unit and venue (beside the points: what a pair weighs)",
                                 "모집단위·시험장 조합 수(점 옆: 조합 1개의 가중치)"};
  return draw_line(name_of(kind), {across, travel}, marks, language);
}

}  // namespace hanjari::whatif
