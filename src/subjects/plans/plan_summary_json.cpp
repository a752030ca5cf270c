// Summaries as they are kept: rows are arrays, because a city has some thousand of them.
#include <exception>
#include <stdexcept>
#include <utility>

#include <nlohmann/json.hpp>

#include "hanjari/plans/plan_summary.h"

namespace hanjari::services {
namespace {

using nlohmann::json;

// Another form gets another number, and what was kept before is counted anew.
constexpr int summary_form = 2;

// Every single number of a summary, once for both directions.
struct SummaryNumber {
  const char* name;
  std::int64_t PlanSummary::*number;
};
constexpr SummaryNumber summary_numbers[] = {{"seated", &PlanSummary::seated},
                                             {"unseated", &PlanSummary::unseated},
                                             {"total", &PlanSummary::total},
                                             {"travel_m", &PlanSummary::travel_m},
                                             {"rooms", &PlanSummary::rooms},
                                             {"rooms_spare", &PlanSummary::rooms_spare},
                                             {"pairs", &PlanSummary::pairs},
                                             {"venues_used", &PlanSummary::venues_used},
                                             {"detour_mean_m", &PlanSummary::detour_mean_m},
                                             {"detour_p50_m", &PlanSummary::detour_p50_m},
                                             {"detour_p95_m", &PlanSummary::detour_p95_m},
                                             {"detour_max_m", &PlanSummary::detour_max_m},
                                             {"over_cap", &PlanSummary::over_cap}};

void read_places(const json& read, PlanSummary& summary) {
  for (const json& row : read.at("venues")) {
    SummaryVenue& venue = summary.venues.emplace_back();
    venue.code = VenueCode(row.at(0).get<std::string>());
    venue.name = row.at(1).get<std::string>();
    venue.district = row.at(2).get<std::string>();
    venue.at = {row.at(3).get<double>(), row.at(4).get<double>()};
    venue.people = row.at(5).get<std::int64_t>();
    venue.rooms = row.at(6).get<std::int64_t>();
    venue.rooms_spare = row.at(7).get<std::int64_t>();
    venue.capacity = row.at(8).get<std::int64_t>();
    venue.units = row.at(9).get<std::int64_t>();
    venue.travel_m = row.at(10).get<std::int64_t>();
  }
  for (const json& row : read.at("districts")) {
    SummaryDistrict& district = summary.districts.emplace_back();
    district.code = row.at(0).get<std::string>();
    district.name = {row.at(1).get<std::string>(), row.at(2).get<std::string>()};
    if (row.size() > 3) district.at = Point{row.at(3).get<double>(), row.at(4).get<double>()};
  }
  for (const json& row : read.at("flows")) {
    SummaryFlow& flow = summary.flows.emplace_back();
    flow.district = row.at(0).get<std::size_t>();
    flow.venue = row.at(1).get<std::size_t>();
    flow.people = row.at(2).get<std::int64_t>();
    flow.travel_m = row.at(3).get<std::int64_t>();
    flow.detour_m = row.at(4).get<std::int64_t>();
    flow.over_cap = row.at(5).get<std::int64_t>();
    // The positions are looked up without a question later.
    if (flow.district >= summary.districts.size() || flow.venue >= summary.venues.size())
      throw std::out_of_range("a flow between places that are not there");
  }
}

void read_fairness(const json& read, PlanSummary& summary) {
  for (const json& dimension : read.at("fairness")) {
    SummaryDimension& own = summary.fairness.emplace_back();
    own.key = dimension.at("key").get<std::string>();
    own.name = {dimension.at("en").get<std::string>(), dimension.at("ko").get<std::string>()};
    for (const json& row : dimension.at("groups")) {
      SummaryGroup& group = own.groups.emplace_back();
      group.name = {row.at(0).get<std::string>(), row.at(1).get<std::string>()};
      group.people = row.at(2).get<std::int64_t>();
      group.mean_travel_m = row.at(3).get<std::int64_t>();
      group.mean_detour_m = row.at(4).get<std::int64_t>();
      group.p95_detour_m = row.at(5).get<std::int64_t>();
      group.farther = row.at(6).get<bool>();
      group.measured_mean_detour_m = row.at(7).get<std::int64_t>();
      group.measured_p95_detour_m = row.at(8).get<std::int64_t>();
    }
  }
}

json write_places(const PlanSummary& summary) {
  json venues = json::array();
  for (const SummaryVenue& venue : summary.venues) {
    venues.push_back(json::array({venue.code.text(), venue.name, venue.district, venue.at.lat, venue.at.lon,
                                  venue.people, venue.rooms, venue.rooms_spare, venue.capacity, venue.units,
                                  venue.travel_m}));
  }
  json districts = json::array();
  for (const SummaryDistrict& district : summary.districts) {
    json row = json::array({district.code, district.name.en, district.name.ko});
    if (district.at) {
      row.push_back(district.at->lat);
      row.push_back(district.at->lon);
    }
    districts.push_back(std::move(row));
  }
  json flows = json::array();
  for (const SummaryFlow& flow : summary.flows) {
    flows.push_back(
        json::array({flow.district, flow.venue, flow.people, flow.travel_m, flow.detour_m, flow.over_cap}));
  }
  return {{"venues", std::move(venues)}, {"districts", std::move(districts)}, {"flows", std::move(flows)}};
}

}  // namespace

std::string write_summary(const PlanSummary& summary) {
  json written = write_places(summary);
  written["form"] = summary_form;
  for (const SummaryNumber& one : summary_numbers) written[one.name] = summary.*one.number;
  if (summary.bound) written["bound"] = *summary.bound;
  if (summary.detour_cap_m) written["detour_cap_m"] = *summary.detour_cap_m;
  written["detours_by_km"] = summary.detours_by_km;
  written["fairness"] = json::array();
  for (const SummaryDimension& dimension : summary.fairness) {
    json groups = json::array();
    for (const SummaryGroup& group : dimension.groups) {
      groups.push_back(json::array({group.name.en, group.name.ko, group.people, group.mean_travel_m,
                                    group.mean_detour_m, group.p95_detour_m, group.farther, group.measured_mean_detour_m,
                                    group.measured_p95_detour_m}));
    }
    written["fairness"].push_back({{"key", dimension.key},
                                   {"en", dimension.name.en},
                                   {"ko", dimension.name.ko},
                                   {"groups", std::move(groups)}});
  }
  return written.dump(-1, ' ', false, json::error_handler_t::replace);
}

std::optional<PlanSummary> read_summary(const std::string& text) {
  const json read = json::parse(text, nullptr, false);
  if (!read.is_object() || read.value("form", json()) != json(summary_form)) return std::nullopt;
  PlanSummary summary;
  try {
    for (const SummaryNumber& one : summary_numbers) summary.*one.number = read.at(one.name).get<std::int64_t>();
    if (read.contains("bound")) summary.bound = read.at("bound").get<std::int64_t>();
    if (read.contains("detour_cap_m")) summary.detour_cap_m = read.at("detour_cap_m").get<std::int64_t>();
    summary.detours_by_km = read.at("detours_by_km").get<std::vector<std::int64_t>>();
    read_places(read, summary);
    read_fairness(read, summary);
  } catch (const std::exception&) {
    return std::nullopt;  // it is counted anew
  }
  return summary;
}

}  // namespace hanjari::services
