#include "plans/pages/plan_fairness.h"

#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "hanjari/base/markup.h"
#include "hanjari/site/site.h"
#include "plans/pages/workbench/bench.h"
#include "site/pages/pages.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using services::SummaryDimension;
using services::SummaryGroup;

// Two bars for each group, mean travel behind mean detour; the table below says the same.
std::string draw_groups(const std::string& title, const SummaryDimension& dimension, Language language) {
  constexpr int step = 30;
  constexpr int left = 220;
  constexpr double widest = 320;
  Metres farthest = 1;
  for (const SummaryGroup& group : dimension.groups) farthest = std::max(farthest, group.mean_travel_m);
  const auto width_of = [&](Metres metres) { return widest * static_cast<double>(metres) / static_cast<double>(farthest); };
  std::string svg = fmt::format(R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 620 {}" role="img" aria-label="{}" font-size="14">)",
                                step * static_cast<int>(dimension.groups.size()) + 8, escape_markup(title));
  int y = 4;
  for (const SummaryGroup& group : dimension.groups) {
    svg += fmt::format(R"(<text x="{}" y="{}" text-anchor="end" fill="currentColor">{}</text>)", left - 10, y + 16,
                       escape_markup(group.name.in(language)));
    svg += fmt::format(R"(<rect x="{0}" y="{1}" width="{2:.1f}" height="22" fill="currentColor" opacity="0.25"/><rect x="{0}" y="{3}" width="{4:.1f}" height="12" fill="currentColor" opacity="0.75"/>)",
                       left, y, width_of(group.mean_travel_m), y + 5, width_of(group.mean_detour_m));
    svg += fmt::format(R"(<text x="{:.1f}" y="{}" fill="currentColor">{} / {} km</text>)", left + width_of(group.mean_travel_m) + 6, y + 16,
                       write_km(group.mean_travel_m), write_km(group.mean_detour_m));
    y += step;
  }
  return svg + "</svg>";
}

json describe_dimension(const Call& call, const SummaryDimension& dimension) {
  const std::string name = dimension.name.in(call.language);
  json rows = json::array();
  for (const SummaryGroup& group : dimension.groups) {
    json row{{"name", group.name.in(call.language)},
             {"people", group_digits(group.people)},
             {"travel", write_km(group.mean_travel_m)},
             {"detour", write_km(group.mean_detour_m)},
             {"most", write_km(group.p95_detour_m)}};
    if (group.farther) row["farther"] = true;
    rows.push_back(std::move(row));
  }
  return {{"name", name},
          {"rows", std::move(rows)},
          {"picture", draw_groups(call.site.pages().text(call.language, "workbench.fairness_picture", {{"by", name}}), dimension,
                                  call.language)}};
}

}  // namespace

Response show_plan_fairness(const Call& call) {
  const Bench bench = bench_of(call);
  const services::StoredPlan plan = plan_of_path(call, bench);
  const services::PlanSummary summary = services::load_summary(bench.exams, bench.workbench, bench.code, plan);
  Page page{.name = "plan_fairness", .title = call.site.pages().text(call.language, "workbench.fairness")};
  page.data = {{"exam", head_of_exam(call, bench)},
               {"map", address_of_plan(call, plan.digest) + "/map"},
               {"comparison", address_of_exam(call) + "/comparison?first=" + plan.digest},
               {"seatless", seatless_people(call, plan, summary.unseated)},
               {"reports", address_of_exam(call) + "/fairness-reports"},
               {"dimensions", json::array()}};
  for (const SummaryDimension& dimension : summary.fairness) page.data["dimensions"].push_back(describe_dimension(call, dimension));
  return show(call, page);
}

}  // namespace hanjari::web
