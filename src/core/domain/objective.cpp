#include "hanjari/domain/objective.h"

#include <algorithm>
#include <vector>

namespace hanjari {

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

}  // namespace hanjari
