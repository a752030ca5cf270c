#include "hanjari/plans/plan_summary.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <span>
#include <utility>

#include "hanjari/comparison/compare.h"
#include "hanjari/domain/district_facts.h"
#include "hanjari/domain/travel.h"
#include "hanjari/seating/geometry.h"

namespace hanjari::services {
namespace {

constexpr std::uint64_t most_pairs = 200'000'000;  // some ten seconds

// The middle of a district as the program knows it, or else the middle of its schools.
std::optional<Point> middle_of(const Exam& exam, const std::string& code) {
  if (code.empty()) return std::nullopt;
  if (const DistrictFact* fact = find_district_fact(code)) return fact->centre();
  Point sum;
  double count = 0;
  for (const Venue& venue : exam.venues) {
    if (exam.words[venue.district] != code) continue;
    sum.lat += venue.at.lat;
    sum.lon += venue.at.lon;
    ++count;
  }
  if (count == 0) return std::nullopt;
  return Point{sum.lat / count, sum.lon / count};
}

void add_venues(const Exam& exam, const comparison::PlanFigures& figures, const Plan& plan, PlanSummary& summary) {
  const std::vector<seating::RoomCapacity> capacities = seating::room_capacities(exam);
  for (std::size_t at = 0; at < exam.venues.size(); ++at) {
    const Venue& venue = exam.venues[at];
    const comparison::VenueUse& use = figures.venues.at(at);
    SummaryVenue& own = summary.venues.emplace_back();
    own.code = venue.code;
    own.name = venue.name;
    own.district = exam.words[venue.district];
    own.at = venue.at;
    own.people = use.people;
    own.rooms = use.rooms_opened;
    own.rooms_spare = use.rooms_spare;
    own.units = use.units;
    for (std::size_t room = 0; room < venue.room_count; ++room) own.capacity += capacities.at(venue.first_room + room).people;
    summary.venues_used += use.people > 0 ? 1 : 0;
  }
  for (const Placement& placed : plan.placements) summary.venues[placed.venue.value].travel_m += placed.travel_m;
}

void add_flows(const Exam& exam, const Plan& plan, PlanSummary& summary) {
  std::map<std::string, std::size_t> positions;
  for (const Applicant& person : exam.applicants) positions.emplace(exam.words[person.district], 0);
  for (auto& [code, position] : positions) {
    position = summary.districts.size();
    summary.districts.push_back(
        {code, code.empty() ? Text{"Outside the area", "관외"} : name_of_district(code), middle_of(exam, code)});
  }
  const TravelTable travel(exam);
  std::map<std::pair<std::size_t, std::size_t>, SummaryFlow> flows;
  for (const Placement& placed : plan.placements) {
    const std::size_t district = positions.at(exam.words[exam[placed.applicant].district]);
    SummaryFlow& flow = flows[{district, placed.venue.value}];
    flow.district = district;
    flow.venue = placed.venue.value;
    ++flow.people;
    flow.travel_m += placed.travel_m;
    const Metres nearest = travel.nearest(placed.applicant);
    if (nearest == unreachable) continue;
    const Metres detour = told_detour(placed.travel_m, nearest);
    flow.detour_m += detour;
    if (exam.policy.detour_cap_m && detour > *exam.policy.detour_cap_m) ++flow.over_cap;
  }
  for (auto& [key, flow] : flows) summary.flows.push_back(flow);
}

void add_detours(const comparison::PlanFigures& figures, PlanSummary& summary) {
  summary.detour_mean_m = std::llround(figures.detour.mean);
  summary.detour_p50_m = figures.detour.p50;
  summary.detour_p95_m = figures.detour.p95;
  summary.detour_max_m = figures.detour.max;
  summary.over_cap = figures.over_detour_cap;
  summary.detours_by_km.assign(detour_kilometres, 0);
  for (const Metres detour : figures.detours) {
    const auto kilometre = static_cast<std::size_t>(detour / 1'000);
    ++summary.detours_by_km[std::min(kilometre, detour_kilometres - 1)];
  }
}

void add_fairness(const comparison::PlanFigures& figures, PlanSummary& summary) {
  for (const comparison::Dimension& dimension : figures.fairness) {
    SummaryDimension& own = summary.fairness.emplace_back();
    own.key = dimension.key;
    own.name = dimension.name;
    for (const comparison::Group& group : dimension.groups) {
      own.groups.push_back({group.name, group.people, std::llround(group.mean_travel_m),
                            std::llround(group.mean_detour_m), group.p95_detour_m, group.farther,
                            std::llround(group.measured_mean_detour_m), group.measured_p95_detour_m});
    }
  }
}

}  // namespace

bool is_summarised(const Exam& exam) {
  return is_summarised(exam.applicants.size(), exam.venues.size());
}

bool is_summarised(std::uint64_t people, std::uint64_t venues) {
  return venues == 0 || people <= most_pairs / venues;
}

PlanSummary summarise_plan(const Exam& exam, const Plan& plan) {
  const comparison::NamedPlan named{"", plan, nullptr};
  const comparison::Comparison compared = comparison::compare_plans(exam, std::span(&named, 1));
  const comparison::PlanFigures& figures = compared.plans.front();
  PlanSummary summary;
  summary.seated = figures.seated;
  summary.unseated = figures.unseated;
  summary.total = figures.objective.total;
  if (figures.bound) summary.bound = figures.bound->total;
  summary.rooms = figures.objective.rooms_opened;
  summary.rooms_spare = figures.rooms_spare;
  summary.pairs = figures.objective.unit_venue_pairs;
  summary.detour_cap_m = exam.policy.detour_cap_m;
  for (const Placement& placed : plan.placements) summary.travel_m += placed.travel_m;
  add_venues(exam, figures, plan, summary);
  add_flows(exam, plan, summary);
  add_detours(figures, summary);
  add_fairness(figures, summary);
  return summary;
}

}  // namespace hanjari::services
