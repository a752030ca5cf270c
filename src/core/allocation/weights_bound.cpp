#include "allocation/weights_bound.h"

#include <algorithm>
#include <set>
#include <vector>

namespace hanjari::allocation {

LeastWeights least_weights(const Problem& problem) {
  const Exam& exam = *problem.exam;
  const Weights& weights = exam.policy.weights;
  LeastWeights least;
  std::int64_t largest = 1;
  std::vector<std::int64_t> seats(exam.venues.size());
  for (const RoomGroup& group : problem.groups) {
    largest = std::max<std::int64_t>(largest, group.capacity);
    seats[group.venue.value] += std::int64_t{group.capacity} * static_cast<std::int64_t>(group.rooms.size());
  }
  std::set<UnitIndex> units;
  const auto people = static_cast<std::int64_t>(problem.people());
  for (const PeopleClass& one : problem.classes) {
    units.insert(one.units.begin(), one.units.end());
    if (exam.policy.mixing == Mixing::leftover) continue;
    least.rooms += weights.room * ((static_cast<std::int64_t>(one.people.size()) + largest - 1) / largest);
  }
  if (exam.policy.mixing == Mixing::leftover) least.rooms += weights.room * ((people + largest - 1) / largest);
  least.pairs += weights.unit_at_venue * static_cast<Cost>(units.size());
  std::sort(seats.begin(), seats.end(), std::greater<>());
  std::vector<Metres> opening;
  for (const Venue& venue : exam.venues) opening.push_back(venue.opening_cost);
  std::sort(opening.begin(), opening.end());
  std::int64_t left = people;
  for (std::size_t i = 0; i < seats.size() && left > 0; ++i) {
    least.venues += weights.venue + opening[i];
    left -= seats[i];
  }
  return least;
}

}  // namespace hanjari::allocation
