#include "allocation/plan_values.h"

#include <algorithm>

namespace hanjari::allocation {

std::int64_t count_over_cap(const Problem& problem, const std::vector<RoomIndex>& room_of) {
  std::int64_t count = 0;
  for (std::size_t person = 0; person < room_of.size(); ++person) {
    if (!room_of[person].exists()) continue;
    const VenueIndex venue = (*problem.exam)[room_of[person]].venue;
    count += problem.over_cap(person, problem.travel.metres(person, venue.value));
  }
  return count;
}

std::optional<std::int64_t> count_over_cap(const Problem& problem, const Transport& transport) {
  if (problem.scale.over_cap == 0 || transport.unseated > 0) return std::nullopt;
  std::int64_t count = 0;
  for (std::size_t person = 0; person < transport.site_of.size(); ++person) {
    const VenueIndex venue = problem.sites[transport.site_of[person]].venue;
    count += problem.over_cap(person, problem.travel.metres(person, venue.value));
  }
  return count;
}

Cost objective(const Problem& problem, const std::vector<RoomIndex>& room_of) {
  const Exam& exam = *problem.exam;
  const Weights& weights = exam.policy.weights;
  Cost total = 0;
  std::vector<char> room_open(exam.rooms.size());
  std::vector<char> venue_open(exam.venues.size());
  std::vector<char> pair_open(exam.venues.size() * exam.units.size());
  for (std::size_t person = 0; person < room_of.size(); ++person) {
    if (!room_of[person].exists()) continue;
    const VenueIndex venue = exam[room_of[person]].venue;
    total += weights.travel * problem.travel.metres(person, venue.value);
    room_open[room_of[person].value] = 1;
    venue_open[venue.value] = 1;
    pair_open[std::size_t{venue.value} * exam.units.size() + exam.applicants[person].unit.value] = 1;
  }
  total += weights.room * std::count(room_open.begin(), room_open.end(), 1);
  total += weights.unit_at_venue * std::count(pair_open.begin(), pair_open.end(), 1);
  for (std::size_t venue = 0; venue < exam.venues.size(); ++venue) {
    if (venue_open[venue]) total += weights.venue + exam.venues[venue].opening_cost;
  }
  return total;
}

Cost least_travel(const Problem& problem) {
  Cost total = 0;
  for (std::size_t person = 0; person < problem.people(); ++person) {
    std::int32_t least = Travel::no_way;
    for (const Site& site : problem.sites) {
      if (problem.may_use(person, site)) least = std::min(least, problem.travel.metres(person, site.venue.value));
    }
    if (least != Travel::no_way) total += problem.scale.travel * least;
  }
  return total;
}

PlanRank rank_of(const Problem& problem, const std::vector<RoomIndex>& room_of) {
  const auto unseated = std::count_if(room_of.begin(), room_of.end(), [](RoomIndex room) { return !room.exists(); });
  return PlanRank(unseated, count_over_cap(problem, room_of), objective(problem, room_of));
}

}  // namespace hanjari::allocation
