#include "plans/pages/workbench/comparison_page.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/markup.h"
#include "hanjari/site/site.h"
#include "plans/pages/workbench/bench.h"
#include "site/pages/json_call.h"
#include "site/pages/pages.h"
#include "site/pages/plan_names.h"
#include "site/pages/plan_refusals.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;
using services::PlanSummary;
using services::StoredPlan;

constexpr std::array<const char*, 4> choice_names{"first", "second", "third", "fourth"};

struct Compared {
  StoredPlan plan;
  std::string name;  // as on the page of plans
  PlanSummary summary;
  services::PlanMoves moves;  // from the first
};

// Those that the address names, or else the plan that people were told and the newest others.
std::vector<StoredPlan> chosen_plans(const Call& call, const Bench& bench) {
  std::vector<StoredPlan> chosen;
  for (const char* name : choice_names) {
    const std::string digest = field_of(call.query, name);
    if (!digest.empty()) {
      chosen.push_back(
          in_words_of_pages([&] { return services::find_stored_plan(bench.exams, bench.code, digest); }));
    }
  }
  if (!chosen.empty()) return chosen;
  const auto live = services::find_told_plan(bench.exams, bench.code);
  std::vector<StoredPlan> plans = bench.exams.list_plans(bench.code);
  std::stable_partition(plans.begin(), plans.end(), [&](const StoredPlan& plan) {
    return live && live->plan_digest == plan.digest && live->input_sha256 == plan.input_sha256;
  });
  plans.resize(std::min<std::size_t>(plans.size(), 2));
  return plans;
}

std::vector<Compared> compare(const Call& call, const Bench& bench, const std::vector<StoredPlan>& plans) {
  const std::vector<StoredPlan> stored = bench.exams.list_plans(bench.code);
  std::vector<Compared> compared;
  for (const StoredPlan& plan : plans) {
    Compared& own = compared.emplace_back();
    own.plan = plan;
    own.name = name_of_plan(call, stored, plan.digest, plan.input_sha256);
    own.summary = services::load_summary(bench.exams, bench.workbench, bench.code, plan);
    if (compared.size() > 1)
      own.moves = services::load_moves(bench.exams, bench.workbench, bench.code, plans.front(), plan);
  }
  return compared;
}

// One line of the table: what it is, and the value of every plan.
template <class Value>
json line(const std::string& label, const std::vector<Compared>& plans, Value value) {
  json cells = json::array();
  for (const Compared& plan : plans) cells.push_back({{"value", value(plan)}, {"of", plan.name}});
  return {{"label", label}, {"cells", std::move(cells)}};
}

std::string gap_of(const PlanSummary& summary) {
  if (!summary.bound || summary.total <= 0) return "–";
  return fmt::format("{:.2f} %", 100.0 * static_cast<double>(summary.total - *summary.bound) /
                                     static_cast<double>(summary.total));
}

json figure_lines(const Call& call, const std::vector<Compared>& plans) {
  const auto say = [&](const char* name) { return call.site.pages().text(call.language, name); };
  const auto count = [](std::int64_t PlanSummary::*number) {
    return [number](const Compared& plan) { return group_digits(plan.summary.*number); };
  };
  const auto km = [](Metres PlanSummary::*number) {
    return [number](const Compared& plan) { return write_km(plan.summary.*number) + " km"; };
  };
  json lines = json::array();
  lines.push_back(line(say("plans.seated"), plans, count(&PlanSummary::seated)));
  lines.push_back(line(say("plans.unseated"), plans, count(&PlanSummary::unseated)));
  lines.push_back(line(say("plans.travel"), plans, km(&PlanSummary::travel_m)));
  lines.push_back(line(say("workbench.gap"), plans, [](const Compared& plan) { return gap_of(plan.summary); }));
  lines.push_back(line(say("workbench.detour_mean"), plans, km(&PlanSummary::detour_mean_m)));
  lines.push_back(line(say("workbench.detour_p50"), plans, km(&PlanSummary::detour_p50_m)));
  lines.push_back(line(say("workbench.detour_p95"), plans, km(&PlanSummary::detour_p95_m)));
  lines.push_back(line(say("workbench.detour_max"), plans, km(&PlanSummary::detour_max_m)));
  lines.push_back(line(say("workbench.over_cap"), plans, count(&PlanSummary::over_cap)));
  lines.push_back(line(say("workbench.rooms"), plans, count(&PlanSummary::rooms)));
  lines.push_back(line(say("workbench.rooms_spare"), plans, count(&PlanSummary::rooms_spare)));
  lines.push_back(line(say("workbench.pairs"), plans, count(&PlanSummary::pairs)));
  lines.push_back(line(say("plans.used_venues"), plans, count(&PlanSummary::venues_used)));
  return lines;
}

json move_lines(const Call& call, const std::vector<Compared>& plans) {
  const auto say = [&](const char* name) { return call.site.pages().text(call.language, name); };
  const auto count = [&plans](std::int64_t services::PlanMoves::*number) {
    return [&plans, number](const Compared& plan) {
      return &plan == &plans.front() ? std::string("–") : group_digits(plan.moves.*number);
    };
  };
  json lines = json::array();
  lines.push_back(line(say("plans.other_venue"), plans, count(&services::PlanMoves::venue)));
  lines.push_back(line(say("plans.other_room"), plans, count(&services::PlanMoves::room)));
  lines.push_back(line(say("plans.other_seat"), plans, count(&services::PlanMoves::seat)));
  lines.push_back(line(say("plans.added"), plans, count(&services::PlanMoves::added)));
  lines.push_back(line(say("plans.removed"), plans, count(&services::PlanMoves::removed)));
  return lines;
}

const services::SummaryGroup* find_group(const PlanSummary& summary, const std::string& key, const Text& name) {
  for (const services::SummaryDimension& dimension : summary.fairness) {
    if (dimension.key != key) continue;
    for (const services::SummaryGroup& group : dimension.groups) {
      if (group.name == name) return &group;
    }
  }
  return nullptr;
}

// The groups of all plans, those of the first in their order and then what only others have.
std::vector<Text> groups_of(const std::vector<Compared>& plans, const std::string& key) {
  std::vector<Text> names;
  for (const Compared& plan : plans) {
    for (const services::SummaryDimension& dimension : plan.summary.fairness) {
      if (dimension.key != key) continue;
      for (const services::SummaryGroup& group : dimension.groups) {
        if (std::find(names.begin(), names.end(), group.name) == names.end()) names.push_back(group.name);
      }
    }
  }
  return names;
}

json fairness_tables(const Call& call, const std::vector<Compared>& plans) {
  json tables = json::array();
  for (const services::SummaryDimension& dimension : plans.front().summary.fairness) {
    json rows = json::array();
    for (const Text& name : groups_of(plans, dimension.key)) {
      json cells = json::array();
      for (const Compared& plan : plans) {
        const services::SummaryGroup* group = find_group(plan.summary, dimension.key, name);
        json cell{{"value", group == nullptr ? std::string("–")
                                             : fmt::format("{} / {} km", write_km(group->mean_detour_m),
                                                           write_km(group->p95_detour_m))},
                  {"of", plan.name}};
        if (group != nullptr && group->farther) cell["farther"] = true;
        cells.push_back(std::move(cell));
      }
      rows.push_back({{"label", name.in(call.language)}, {"cells", std::move(cells)}});
    }
    tables.push_back({{"name", dimension.name.in(call.language)}, {"rows", std::move(rows)}});
  }
  return tables;
}

// Hundredths of a percent of the people whose detour is below so many kilometres.
std::int64_t share_below(const PlanSummary& summary, std::size_t kilometres) {
  std::int64_t below = 0;
  std::int64_t all = 0;
  for (std::size_t at = 0; at < summary.detours_by_km.size(); ++at) {
    all += summary.detours_by_km[at];
    if (at < kilometres) below += summary.detours_by_km[at];
  }
  return all == 0 ? 0 : below * 10'000 / all;
}

std::string write_share(std::int64_t share) {
  return fmt::format("{}.{} %", share / 100, share % 100 / 10);
}

std::string render_detour_curves(const Call& call, const std::vector<Compared>& plans) {
  constexpr double width = 640;
  constexpr double height = 280;
  constexpr double left = 56;
  constexpr double bottom = 250;
  std::string svg = fmt::format(
      R"(<svg class="curves" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="img" aria-labelledby="curves-name"><title id="curves-name">{}</title>)",
      width, height, escape_markup(call.site.pages().text(call.language, "workbench.detour_curves")));
  for (const int percent : {0, 50, 100}) {
    const double y = bottom - percent * 2.3;
    svg += fmt::format(R"(<line class="axis" x1="{}" x2="{}" y1="{:.1f}" y2="{:.1f}"/><text x="4" y="{:.1f}">{} %</text>)",
                       left, width - 10, y, y, y + 5, percent);
  }
  for (std::size_t at = 0; at < plans.size(); ++at) {
    std::string points;
    for (std::size_t km = 0; km < services::detour_kilometres; ++km) {
      points += fmt::format("{:.1f},{:.1f} ", left + static_cast<double>(km) * (width - left - 20) / 19,
                            bottom - static_cast<double>(share_below(plans[at].summary, km)) / 100 * 2.3);
    }
    svg += fmt::format(R"(<polyline class="curve curve-{}" points="{}"/>)", at + 1, points);
  }
  return svg + fmt::format(R"(<text x="{}" y="{}">0 km</text><text x="{}" y="{}">19 km</text></svg>)", left, height - 8,
                           width - 60, height - 8);
}

json detour_rows(const std::vector<Compared>& plans) {
  json rows = json::array();
  for (const std::size_t km : {1U, 2U, 3U, 5U, 7U, 10U, 15U, 19U}) {
    rows.push_back(line(fmt::format("< {} km", km), plans,
                        [km](const Compared& plan) { return write_share(share_below(plan.summary, km)); }));
  }
  return rows;
}

json offer_plans(const Call& call, const std::vector<StoredPlan>& all, const std::vector<Compared>& plans) {
  json selects = json::array();
  for (std::size_t at = 0; at < choice_names.size(); ++at) {
    json options = json::array();
    for (const StoredPlan& plan : all) {
      json option{{"value", plan.digest},
                  {"label", fmt::format("{} {} · {} km", name_of_plan(call, all, plan.digest, plan.input_sha256),
                                        plan.digest.substr(0, 12), write_km(plan.travel_m))}};
      if (at < plans.size() && plans[at].plan.digest == plan.digest) option["chosen"] = true;
      options.push_back(std::move(option));
    }
    json select{{"id", choice_names[at]},
                {"label", call.site.pages().text(call.language, "workbench.plan_no", {{"no", std::to_string(at + 1)}})},
                {"options", std::move(options)}};
    if (at > 0) select["may_be_none"] = true;
    selects.push_back(std::move(select));
  }
  return selects;
}

}  // namespace

Response show_comparison(const Call& call) {
  const Bench bench = bench_of(call);
  const std::vector<Compared> plans = compare(call, bench, chosen_plans(call, bench));
  Page page{.name = "plan_comparison", .title = call.site.pages().text(call.language, "workbench.comparison")};
  page.data = {{"exam", head_of_exam(call, bench)},
               {"action", address_of_exam(call) + "/comparison"},
               {"list", address_of_exam(call) + "/plans"},
               {"selects", offer_plans(call, bench.exams.list_plans(bench.code), plans)}};
  if (!plans.empty()) {
    json columns = json::array();
    for (std::size_t at = 0; at < plans.size(); ++at) {
      columns.push_back({{"name", plans[at].name},
                         {"address", address_of_plan(call, plans[at].plan.digest) + "/map"}});
    }
    page.data["compared"] = {{"columns", std::move(columns)},
                             {"figures", figure_lines(call, plans)},
                             {"moves", move_lines(call, plans)},
                             {"fairness", fairness_tables(call, plans)},
                             {"curves", render_detour_curves(call, plans)},
                             {"detours", detour_rows(plans)}};
  }
  return show(call, page);
}

Response compare_by_api(const Call& call) {
  const Bench bench = bench_of(call);
  ordered_json answer{{"plans", ordered_json::array()}};
  for (const Compared& plan : compare(call, bench, chosen_plans(call, bench))) {
    ordered_json fairness = ordered_json::object();
    for (const services::SummaryDimension& dimension : plan.summary.fairness) {
      ordered_json groups = ordered_json::array();
      for (const services::SummaryGroup& group : dimension.groups) {
        groups.push_back({{"name", group.name.en},
                          {"name_ko", group.name.ko},
                          {"people", group.people},
                          {"mean_travel_m", group.mean_travel_m},
                          {"mean_detour_m", group.measured_mean_detour_m},
                          {"p95_detour_m", group.measured_p95_detour_m},
                          {"told_mean_detour_m", group.mean_detour_m},
                          {"told_p95_detour_m", group.p95_detour_m},
                          {"farther", group.farther}});
      }
      fairness[dimension.key] = std::move(groups);
    }
    answer["plans"].push_back({{"digest", plan.plan.digest},
                               {"travel_m", plan.summary.travel_m},
                               {"rooms", plan.summary.rooms},
                               {"unit_venue_pairs", plan.summary.pairs},
                               {"over_detour_cap", plan.summary.over_cap},
                               {"detours_by_km", plan.summary.detours_by_km},
                               {"moved_from_first",
                                {{"venue", plan.moves.venue},
                                 {"room", plan.moves.room},
                                 {"seat", plan.moves.seat},
                                 {"added", plan.moves.added},
                                 {"removed", plan.moves.removed}}},
                               {"fairness", std::move(fairness)}});
  }
  return answer_json(answer);
}

}  // namespace hanjari::web
