#include "allocation/rooms/rooming.h"

#include <algorithm>

#include "allocation/sites/transport.h"
#include "allocation/workers.h"

namespace hanjari::allocation {
namespace {

ClassRooms make_class(const Problem& problem, const PeopleClass& people, Searches searches) {
  std::vector<std::uint32_t> groups;
  for (std::uint32_t group = 0; group < problem.groups.size(); ++group) {
    const Pool& pool = problem.sites[problem.groups[group].site].pool;
    if (pool.routing != people.routing) continue;
    if (std::any_of(people.people.begin(), people.people.end(),
                    [&](std::uint32_t person) { return problem.may_use(person, problem.groups[group]); })) {
      groups.push_back(group);
    }
  }
  const std::size_t places = groups.size() + 1;
  std::vector<Cost> costs(people.people.size() * places);
  Cost* cost = costs.data();
  for (const std::uint32_t person : people.people) {
    for (const std::uint32_t group : groups) {
      const RoomGroup& there = problem.groups[group];
      *cost++ = problem.may_use(person, there) ? problem.cost(person, there.venue) : ClassSeats::never;
    }
    *cost++ = problem.scale.unseated;
  }
  return {std::move(groups), ClassSeats(people.people.size(), places, std::move(costs), searches)};
}

// People of a class at those of its places that have seats.
class ClassCosts : public CostRows {
 public:
  ClassCosts(const ClassSeats& people, const std::vector<std::uint32_t>& places)
      : CostRows(places.size()), people_(people), places_(places) {}
  void row(std::size_t person, std::span<Cost> costs) const override {
    const Cost* all = people_.costs_of(static_cast<std::uint32_t>(person));
    for (std::size_t at = 0; at < places_.size(); ++at) {
      costs[at] = all[places_[at]] < ClassSeats::never ? all[places_[at]] : impossible;
    }
  }

 private:
  const ClassSeats& people_;
  const std::vector<std::uint32_t>& places_;
};

// A step of a class's own search looks at everybody of a place. Where a place holds more people than this on the mean,
// the class begins with A's method, which keeps heaps instead.
constexpr std::size_t crowd = 200;

// Begins with the cheapest seating by A. False where places are small, or somebody is left without a seat.
bool start_crowded(ClassSeats& people, const std::vector<std::int64_t>& seats, Cost unseated) {
  std::vector<std::uint32_t> places;
  std::vector<std::int64_t> there;
  for (std::uint32_t place = 0; place < seats.size(); ++place) {
    if (seats[place] == 0) continue;
    places.push_back(place);
    there.push_back(seats[place]);
  }
  if (places.empty() || people.people() < crowd * places.size()) return false;
  const Transport transport = solve_transport(people.people(), there, ClassCosts(people, places), unseated);
  if (transport.unseated > 0) return false;
  std::vector<Cost> prices(seats.size(), 2 * unseated);
  for (std::size_t at = 0; at < places.size(); ++at) prices[places[at]] = transport.price[at];
  std::vector<std::uint32_t> place_of;
  for (const std::uint32_t at : transport.site_of) place_of.push_back(places[at]);
  people.start_at(seats, prices, place_of);
  return true;
}

}  // namespace

Rooming::Rooming(const Problem& problem, int threads, Searches searches)
    : problem_(problem),
      searches_(searches),
      rooms_(problem.classes.size(), problem.groups.size()),
      free_(problem.groups.size()) {
  std::vector<std::unique_ptr<ClassRooms>> made(problem.classes.size());
  for_each_item(threads, made.size(), [&](std::size_t i) {
    made[i] = std::make_unique<ClassRooms>(make_class(problem, problem.classes[i], searches));
  });
  for (auto& people_class : made) classes_.push_back(std::move(*people_class));
  std::uint32_t group = 0;
  for (std::uint32_t venue = 0; venue <= problem.exam->venues.size(); ++venue) {
    while (group < problem.groups.size() && problem.groups[group].venue.value < venue) ++group;
    first_group_.push_back(group);
  }
}

void Rooming::start(const RoomCounts& rooms, const std::vector<Cost>& group_price, int threads) {
  rooms_ = rooms;
  for (std::size_t group = 0; group < free_.size(); ++group) {
    free_[group] = static_cast<std::int32_t>(problem_.groups[group].rooms.size());
    for (std::size_t i = 0; i < classes_.size(); ++i) free_[group] -= rooms_(i, group);
  }
  for_each_item(threads, classes_.size(), [&](std::size_t i) {
    ClassRooms& people = classes_[i];
    std::vector<std::int64_t> seats;
    std::vector<Cost> prices;
    for (const std::uint32_t group : people.group_of) {
      const std::int32_t count = rooms_(i, group);
      seats.push_back(std::int64_t{count} * problem_.groups[group].capacity);
      prices.push_back(count > 0 ? group_price[group] : 2 * problem_.scale.unseated);
    }
    if (!start_crowded(people.seats, seats, problem_.scale.unseated)) people.seats.start(seats, prices);
  });
}

Cost Rooming::travel() const {
  Cost total = 0;
  for (const ClassRooms& people : classes_) total += people.seats.total();
  return total;
}

std::int32_t Rooming::rooms_at(std::size_t people_class, VenueIndex venue) const {
  std::int32_t rooms = 0;
  for (std::uint32_t group = first_group_[venue.value]; group < first_group_[venue.value + 1]; ++group) {
    rooms += rooms_(people_class, group);
  }
  return rooms;
}

Cost Rooming::weights() const {
  const Exam& exam = *problem_.exam;
  const Weights& weights = exam.policy.weights;
  Cost total = 0;
  if (weights.room == 0 && weights.unit_at_venue == 0 && !openings_cost(exam)) return total;
  for (std::uint32_t v = 0; v < exam.venues.size(); ++v) {
    const VenueIndex venue(v);
    std::int32_t rooms = 0;
    for (std::size_t i = 0; i < classes_.size(); ++i) {
      const std::int32_t here = rooms_at(i, venue);
      rooms += here;
      if (here > 0 && problem_.classes[i].carries_pairs) total += weights.unit_at_venue;
    }
    total += weights.room * rooms;
    if (rooms > 0) total += weights.venue + exam.venues[v].opening_cost;
  }
  return total;
}

void Rooming::count_room(std::size_t people_class, std::size_t place, std::int32_t difference) {
  const std::uint32_t group = classes_[people_class].group_of[place];
  rooms_(people_class, group) += difference;
  free_[group] -= difference;
}

std::vector<std::uint32_t> Rooming::group_of_people() const {
  std::vector<std::uint32_t> groups(problem_.people(), static_cast<std::uint32_t>(problem_.groups.size()));
  for (std::size_t i = 0; i < classes_.size(); ++i) {
    const ClassRooms& people = classes_[i];
    for (std::uint32_t person = 0; person < people.seats.people(); ++person) {
      const std::uint32_t place = people.seats.place_of(person);
      if (place < people.group_of.size()) groups[problem_.classes[i].people[person]] = people.group_of[place];
    }
  }
  return groups;
}

std::int64_t Rooming::unseated() const {
  std::int64_t count = 0;
  for (const ClassRooms& people : classes_) count += static_cast<std::int64_t>(people.seats.unseated());
  return count;
}

}  // namespace hanjari::allocation
