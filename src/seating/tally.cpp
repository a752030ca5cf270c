#include "hanjari/seating/tally.h"

#include <algorithm>
#include <vector>

#include "hanjari/domain/travel.h"
#include "seating/nearest_venue.h"

namespace hanjari::seating {
namespace {

Objective objective_of(const Exam& exam, const Plan& plan) {
  Objective objective;
  std::vector<char> room_opened(exam.rooms.size(), 0);
  std::vector<char> venue_opened(exam.venues.size(), 0);
  std::vector<char> pair_used(exam.units.size() * exam.venues.size(), 0);
  for (const Placement& placement : plan.placements) {
    objective.travel_m += placement.travel_m;
    room_opened[placement.room.value] = 1;
    venue_opened[placement.venue.value] = 1;
    pair_used[exam[placement.applicant].unit.value * exam.venues.size() + placement.venue.value] = 1;
  }
  objective.rooms_opened = std::count(room_opened.begin(), room_opened.end(), char{1});
  objective.venues_opened = std::count(venue_opened.begin(), venue_opened.end(), char{1});
  objective.unit_venue_pairs = std::count(pair_used.begin(), pair_used.end(), char{1});
  const Weights& weights = exam.policy.weights;
  objective.total = weights.travel * objective.travel_m + weights.room * objective.rooms_opened +
                    weights.unit_at_venue * objective.unit_venue_pairs + weights.venue * objective.venues_opened;
  for (std::size_t venue = 0; venue < venue_opened.size(); ++venue) {
    if (venue_opened[venue] != 0) objective.total += exam.venues[venue].opening_cost;
  }
  return objective;
}

// The ceil(percent / 100 x n)-th smallest; reorders the values.
Metres nearest_rank(std::vector<Metres>& values, std::size_t percent) {
  const std::size_t rank = (values.size() * percent + 99) / 100;
  const auto wanted = values.begin() + static_cast<std::ptrdiff_t>(rank - 1);
  std::nth_element(values.begin(), wanted, values.end());
  return *wanted;
}

DetourDistribution distribution_of(std::vector<Metres> detours) {
  DetourDistribution distribution;
  if (detours.empty()) return distribution;
  for (const Metres detour : detours) distribution.total += detour;
  distribution.mean = static_cast<double>(distribution.total) / static_cast<double>(detours.size());
  distribution.max = *std::max_element(detours.begin(), detours.end());
  distribution.p50 = nearest_rank(detours, 50);
  distribution.p95 = nearest_rank(detours, 95);
  return distribution;
}

std::optional<double> fraction(std::optional<std::int64_t> millionths) {
  if (!millionths) return std::nullopt;
  return static_cast<double>(*millionths) / 1e6;
}

}  // namespace

std::optional<std::int64_t> gap_in_millionths(std::int64_t total, std::int64_t bound, std::int64_t base) {
  if (total == bound) return 0;
  if (base <= 0 || total < bound) return std::nullopt;
  // Long division, one decimal at a time, so that nothing leaves 64 bits for bases below 9 x 10^17.
  std::int64_t quotient = (total - bound) / base;
  std::int64_t rest = (total - bound) % base;
  for (int decimal = 0; decimal < 6; ++decimal) {
    quotient = quotient * 10 + rest * 10 / base;
    rest = rest * 10 % base;
  }
  return rest > 0 ? quotient + 1 : quotient;
}

void tally(const Exam& exam, Plan& plan) {
  PlanReport& report = plan.report;
  const TravelTable travel(exam);
  NearestVenue nearest_venue(exam, travel);
  std::vector<Metres> detours;
  detours.reserve(plan.placements.size());
  plan.over_detour.clear();
  Metres nearest_total = 0;
  for (const Placement& placement : plan.placements) {
    const Metres nearest = nearest_venue.metres(placement.applicant);
    if (nearest == unreachable) continue;
    const Metres detour = placement.travel_m - nearest;
    nearest_total += nearest;
    detours.push_back(detour);
    if (exam.policy.detour_cap_m && detour > *exam.policy.detour_cap_m) {
      plan.over_detour.push_back({placement.applicant, placement.travel_m, detour});
    }
  }
  report.seated = static_cast<std::int64_t>(plan.placements.size());
  report.unseated = static_cast<std::int64_t>(plan.unseated.size());
  report.over_detour_cap = static_cast<std::int64_t>(plan.over_detour.size());
  report.objective = objective_of(exam, plan);
  report.detour_m = distribution_of(std::move(detours));
  report.gap = {};
  if (!report.bound || report.unseated > 0) return;
  const std::int64_t bound = report.bound->total;
  const std::int64_t unavoidable = exam.policy.weights.travel * nearest_total;
  report.gap.of_total = fraction(gap_in_millionths(report.objective.total, bound, bound));
  report.gap.of_detour = fraction(gap_in_millionths(report.objective.total, bound, bound - unavoidable));
}

}  // namespace hanjari::seating
