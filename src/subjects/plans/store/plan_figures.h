// The columns of what a population and a plan say about themselves, in one order for whoever writes or copies them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "hanjari/domain/plan.h"
#include "hanjari/domain/spelling.h"

namespace hanjari::storage {

// Without exam_id, input_sha256, imported_at.
inline constexpr std::string_view population_columns =
    "name_ko, name_en, exam_on, time_zone, number_prefix, number_digits, number_check_digit, min_gap_cm, people_cap, "
    "mixing, travel, detour_cap_m, weight_travel, weight_room, weight_unit_at_venue, weight_venue, seat_order, "
    "seat_origin, booklets, reserve_rooms_per_venue, reserve_rooms_per_district, spare_booklets_per_room, "
    "change_weight_venue, change_weight_room, change_weight_seat, seat_numbers, applicant_count, moved_farther_m";

// Without population_id, exam_id, stored_at.
inline constexpr std::string_view figure_columns =
    "digest, status, seated, unseated, objective_total, objective_travel_m, rooms_opened, unit_venue_pairs, "
    "venues_opened, detour_total, detour_mean, detour_p50, detour_p95, detour_max, over_detour_cap, bound_total, "
    "bound_of, gap_of_total, gap_of_detour, seed, rounds, report_input_sha256, replanned_from, program_version, "
    "seconds_load, seconds_solve, seconds_write, peak_rss_mb";

// Calls use() with the values of figure_columns.
template <class Use>
void with_figures(const Plan& plan, Use use) {
  const PlanReport& report = plan.report;
  std::optional<std::int64_t> bound_total;
  std::optional<std::string_view> bound_of;
  if (report.bound) {
    bound_total = report.bound->total;
    bound_of = spell(report.bound->of);
  }
  use(plan.digest, spell(report.status), plan.placements.size(), plan.unseated.size(), report.objective.total,
      report.objective.travel_m, report.objective.rooms_opened, report.objective.unit_venue_pairs,
      report.objective.venues_opened, report.detour_m.total, report.detour_m.mean, report.detour_m.p50,
      report.detour_m.p95, report.detour_m.max, report.over_detour_cap, bound_total, bound_of, report.gap.of_total,
      report.gap.of_detour, report.seed, report.rounds, report.input_sha256, report.replanned_from, report.version,
      report.seconds_load, report.seconds_solve, report.seconds_write, report.peak_rss_mb);
}

// ", ?" so often: after other parameters.
inline std::string parameters(std::size_t count) {
  std::string text;
  for (std::size_t at = 0; at < count; ++at) text += ", ?";
  return text;
}

// "a = ?, b = ?" for columns "a, b".
inline std::string assignments(std::string_view columns) {
  std::string text;
  for (const char letter : columns) text += letter == ',' ? std::string(" = ?,") : std::string(1, letter);
  return text + " = ?";
}

}  // namespace hanjari::storage
