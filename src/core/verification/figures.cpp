#include "verification/figures.h"

#include <algorithm>
#include <set>

#include "verification/own_travel.h"

namespace hanjari::verification {
namespace {

// Rooms, unit-venue pairs, venues and their opening costs, in one pass over the rooms, which stand venue by venue.
bool count_openings(const Reading& reading, Objective& objective, Sum& total) {
  const Exam& exam = reading.exam;
  for (std::size_t at = 0; at < exam.venues.size(); ++at) {
    const Venue& venue = exam.venues[at];
    std::set<UnitIndex> units;
    bool opened = false;
    for (std::uint32_t room = venue.first_room; room < venue.first_room + venue.room_count; ++room) {
      const auto people = reading.people_in(RoomIndex(room));
      if (people.empty()) continue;
      opened = true;
      ++objective.rooms_opened;
      for (const RowIndex person : people) {
        const Applicant* known = reading.applicant(person);
        if (known == nullptr) return false;
        units.insert(known->unit);
      }
    }
    objective.unit_venue_pairs += static_cast<std::int64_t>(units.size());
    if (!opened) continue;
    ++objective.venues_opened;
    total.add(venue.opening_cost);
  }
  return true;
}

}  // namespace

std::optional<Figures> compute_figures(const Reading& reading) {
  if (!reading.complete()) return std::nullopt;
  const Exam& exam = reading.exam;
  const OwnTravel travel(exam);
  Figures figures;
  Sum travel_sum;
  Sum detour_sum;
  Sum nearest_sum;
  Sum total;
  if (!count_openings(reading, figures.objective, total)) return std::nullopt;
  figures.detours.reserve(reading.rows.placements.size());
  for (std::size_t at = 0; at < reading.rows.placements.size(); ++at) {
    const RowIndex row(at);
    if (reading.is_repeat(row)) continue;
    travel_sum.add(reading[row].travel_m);
    const auto nearest = travel.nearest(*reading.applicant(row));
    if (!nearest) continue;
    std::int64_t detour = 0;
    if (__builtin_sub_overflow(reading[row].travel_m, *nearest, &detour)) return std::nullopt;
    figures.detours.push_back(detour);
    detour_sum.add(detour);
    nearest_sum.add(*nearest);
    if (const auto cap = exam.policy.detour_cap_m) {
      figures.over_cap_at_least += detour - 1 > *cap ? 1 : 0;
      figures.over_cap_at_most += detour >= *cap ? 1 : 0;
    }
  }
  if (!travel_sum.value() || !detour_sum.value() || !nearest_sum.value()) return std::nullopt;
  std::sort(figures.detours.begin(), figures.detours.end());
  figures.objective.travel_m = *travel_sum.value();
  figures.detour_total = *detour_sum.value();
  figures.nearest_total = *nearest_sum.value();
  const Weights& weights = exam.policy.weights;
  total.add_product(weights.travel, figures.objective.travel_m);
  total.add_product(weights.room, figures.objective.rooms_opened);
  total.add_product(weights.unit_at_venue, figures.objective.unit_venue_pairs);
  total.add_product(weights.venue, figures.objective.venues_opened);
  if (!total.value()) return std::nullopt;
  figures.objective.total = *total.value();
  return figures;
}

Metres nearest_rank(const std::vector<Metres>& sorted, int percent) {
  if (sorted.empty()) return 0;
  const std::size_t rank = (sorted.size() * static_cast<std::size_t>(percent) + 99) / 100;
  return sorted[std::max<std::size_t>(rank, 1) - 1];
}

}  // namespace hanjari::verification
