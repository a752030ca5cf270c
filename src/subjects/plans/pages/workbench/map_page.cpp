#include "plans/pages/workbench/map_page.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/site/site.h"
#include "plans/pages/workbench/bench.h"
#include "plans/pages/workbench/plan_map.h"
#include "site/pages/json_call.h"
#include "site/pages/pages.h"
#include "site/pages/plan_names.h"

namespace hanjari::web {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;
using services::PlanSummary;
using services::SummaryFlow;

struct FlowSum {
  std::int64_t people = 0;
  Metres travel_m = 0;
  Metres detour_m = 0;
  std::int64_t over_cap = 0;
  void add(const SummaryFlow& flow) {
    people += flow.people;
    travel_m += flow.travel_m;
    detour_m += flow.detour_m;
    over_cap += flow.over_cap;
  }
};

MapChoice choice_of(const Call& call, const PlanSummary& summary) {
  MapChoice choice;
  const std::string venue = field_of(call.query, "venue");
  const std::string district = field_of(call.query, "district");
  for (std::size_t at = 0; !venue.empty() && at < summary.venues.size(); ++at) {
    if (summary.venues[at].code.text() == venue) choice.venue = at;
  }
  for (std::size_t at = 0; !district.empty() && at < summary.districts.size(); ++at) {
    if (word_of_district(summary.districts[at]) == district) choice.district = at;
  }
  if (!venue.empty() && !choice.venue)
    throw NotFound("venue_not_found", {"There is no such venue in this plan.", "이 배정안에 그런 시험장이 없습니다."});
  if (!district.empty() && !choice.district) {
    throw NotFound("district_not_found",
                   {"Nobody of this plan lives in such a district.", "이 배정안에 그 시군구의 응시자가 없습니다."});
  }
  return choice;
}

json row_of_sum(const FlowSum& sum) {
  json row{{"people", group_digits(sum.people)},
           {"mean", write_mean_km(sum.travel_m, sum.people)},
           {"detour", write_mean_km(sum.detour_m, sum.people)},
           {"over", group_digits(sum.over_cap)}};
  if (sum.over_cap > 0) row["far"] = true;
  return row;
}

json venue_rows(const PlanSummary& summary, const std::string& address) {
  std::vector<FlowSum> sums(summary.venues.size());
  for (const SummaryFlow& flow : summary.flows) sums[flow.venue].add(flow);
  json rows = json::array();
  for (std::size_t at = 0; at < sums.size(); ++at) {
    const services::SummaryVenue& venue = summary.venues[at];
    json row = row_of_sum(sums[at]);
    row["name"] = venue.name;
    row["code"] = venue.code.text();
    row["address"] = fmt::format("{}?venue={}", address, encode_percent(venue.code.text()));
    row["capacity"] = group_digits(venue.capacity);
    row["rooms"] = group_digits(venue.rooms);
    row["spare"] = group_digits(venue.rooms_spare);
    row["load"] = venue.capacity == 0 ? "0" : std::to_string(venue.people * 100 / venue.capacity);
    rows.push_back(std::move(row));
  }
  return rows;
}

json district_rows(const PlanSummary& summary, const std::string& address, Language language) {
  std::vector<FlowSum> sums(summary.districts.size());
  for (const SummaryFlow& flow : summary.flows) sums[flow.district].add(flow);
  json rows = json::array();
  for (std::size_t at = 0; at < sums.size(); ++at) {
    json row = row_of_sum(sums[at]);
    row["name"] = summary.districts[at].name.in(language);
    row["address"] = fmt::format("{}?district={}", address, encode_percent(word_of_district(summary.districts[at])));
    rows.push_back(std::move(row));
  }
  return rows;
}

// Where the people of the chosen venue come from, or those of the chosen district go, the most first.
json chosen_rows(const PlanSummary& summary, const MapChoice& choice, const std::string& address, Language language) {
  std::vector<SummaryFlow> flows;
  for (const SummaryFlow& flow : summary.flows) {
    const bool own = choice.venue ? flow.venue == *choice.venue : flow.district == *choice.district;
    if (own) flows.push_back(flow);
  }
  std::stable_sort(flows.begin(), flows.end(),
                   [](const SummaryFlow& one, const SummaryFlow& other) { return one.people > other.people; });
  json rows = json::array();
  for (const SummaryFlow& flow : flows) {
    FlowSum sum;
    sum.add(flow);
    json row = row_of_sum(sum);
    if (choice.venue) {
      row["name"] = summary.districts[flow.district].name.in(language);
      row["address"] =
          fmt::format("{}?district={}", address, encode_percent(word_of_district(summary.districts[flow.district])));
    } else {
      row["name"] = summary.venues[flow.venue].name;
      row["address"] =
          fmt::format("{}?venue={}", address, encode_percent(summary.venues[flow.venue].code.text()));
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace

Response show_plan_map(const Call& call) {
  const Bench bench = bench_of(call);
  const services::StoredPlan plan = plan_of_path(call, bench);
  const PlanSummary summary = services::load_summary(bench.exams, bench.workbench, bench.code, plan);
  const MapChoice choice = choice_of(call, summary);
  const Pages& pages = call.site.pages();
  const std::string address = address_of_plan(call, plan.digest) + "/map";
  Page page{.name = "plan_map", .title = pages.text(call.language, "workbench.map")};
  page.data = {{"exam", head_of_exam(call, bench)},
               {"digest", plan.digest.substr(0, 12)},
               {"plan_name", name_of_plan(call, bench.exams.list_plans(bench.code), plan.digest, plan.input_sha256)},
               {"plan", address_of_plan(call, plan.digest)},
               {"map", render_plan_map(pages, summary, choice, address, call.language)},
               {"seatless", seatless_people(call, plan, summary.unseated)},
               {"over", group_digits(summary.over_cap)},
               {"people", group_digits(summary.seated)}};
  if (summary.detour_cap_m) page.data["cap"] = {{"km", write_km(*summary.detour_cap_m)}};
  if (choice.venue) {
    const services::SummaryVenue& venue = summary.venues[*choice.venue];
    page.data["chosen"] = {
        {"title", pages.text(call.language, "workbench.come_from", {{"name", venue.name}})},
        {"whole", address},
        {"rooms", {{"address", fmt::format("{}/venues/{}", address_of_plan(call, plan.digest),
                                           encode_percent(venue.code.text()))}}},
        {"rows", chosen_rows(summary, choice, address, call.language)}};
  } else if (choice.district) {
    page.data["chosen"] = {{"title", pages.text(call.language, "workbench.go_to",
                                                {{"name", summary.districts[*choice.district].name.in(call.language)}})},
                           {"whole", address},
                           {"rows", chosen_rows(summary, choice, address, call.language)}};
  }
  page.data["venues"] = venue_rows(summary, address);
  page.data["districts"] = district_rows(summary, address, call.language);
  return show(call, page);
}

Response describe_plan_by_api(const Call& call) {
  const Bench bench = bench_of(call);
  const services::StoredPlan plan = plan_of_path(call, bench);
  const PlanSummary summary = services::load_summary(bench.exams, bench.workbench, bench.code, plan);
  ordered_json answer{{"plan", plan.digest},
                      {"seated", summary.seated},
                      {"unseated", summary.unseated},
                      {"travel_m", summary.travel_m},
                      {"rooms", summary.rooms},
                      {"rooms_spare", summary.rooms_spare},
                      {"unit_venue_pairs", summary.pairs},
                      {"over_detour_cap", summary.over_cap},
                      {"detour_m",
                       {{"mean", summary.detour_mean_m},
                        {"p50", summary.detour_p50_m},
                        {"p95", summary.detour_p95_m},
                        {"max", summary.detour_max_m}}},
                      {"venues", ordered_json::array()},
                      {"flows", ordered_json::array()}};
  for (const services::SummaryVenue& venue : summary.venues) {
    answer["venues"].push_back({{"venue_code", venue.code.text()},
                                {"name", venue.name},
                                {"district_code", venue.district},
                                {"lat", venue.at.lat},
                                {"lon", venue.at.lon},
                                {"people", venue.people},
                                {"capacity", venue.capacity},
                                {"rooms", venue.rooms},
                                {"rooms_spare", venue.rooms_spare},
                                {"travel_m", venue.travel_m}});
  }
  for (const SummaryFlow& flow : summary.flows) {
    answer["flows"].push_back({{"district_code", summary.districts[flow.district].code},
                               {"venue_code", summary.venues[flow.venue].code.text()},
                               {"people", flow.people},
                               {"travel_m", flow.travel_m},
                               {"detour_m", flow.detour_m},
                               {"over_detour_cap", flow.over_cap}});
  }
  return answer_json(answer);
}

}  // namespace hanjari::web
