#include "hanjari/seating/tally.h"

#include <vector>

#include "hanjari/domain/distribution.h"
#include "hanjari/domain/objective.h"
#include "hanjari/domain/travel.h"
#include "seating/nearest_venue.h"

namespace hanjari::seating {
namespace {

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
  std::vector<Metres> told;
  detours.reserve(plan.placements.size());
  told.reserve(plan.placements.size());
  plan.over_detour.clear();
  Metres nearest_total = 0;
  for (const Placement& placement : plan.placements) {
    const Metres nearest = nearest_venue.metres(placement.applicant);
    if (nearest == unreachable) continue;
    const Metres detour = placement.travel_m - nearest;
    nearest_total += nearest;
    detours.push_back(detour);
    told.push_back(told_detour(placement.travel_m, nearest));
    if (exam.policy.detour_cap_m && detour > *exam.policy.detour_cap_m) {
      plan.over_detour.push_back({placement.applicant, placement.travel_m, detour});
    }
  }
  report.seated = static_cast<std::int64_t>(plan.placements.size());
  report.unseated = static_cast<std::int64_t>(plan.unseated.size());
  report.over_detour_cap = static_cast<std::int64_t>(plan.over_detour.size());
  report.objective = objective_of(exam, plan);
  report.detour_m = distribution_of(std::move(detours));
  report.told_detour_m = distribution_of(std::move(told));
  report.gap = {};
  if (!report.bound || report.unseated > 0) return;
  const std::int64_t bound = report.bound->total;
  const std::int64_t unavoidable = exam.policy.weights.travel * nearest_total;
  report.gap.of_total = fraction(gap_in_millionths(report.objective.total, bound, bound));
  report.gap.of_detour = fraction(gap_in_millionths(report.objective.total, bound, bound - unavoidable));
}

}  // namespace hanjari::seating
