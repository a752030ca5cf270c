#include "allocation/problem.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

#include "allocation/reserve_rooms.h"
#include "hanjari/base/error.h"
#include "hanjari/seating/geometry.h"

namespace hanjari::allocation {
namespace {

// What a room is for: the rows of "Rooms" in the contract. False when nobody may use it.
bool pool_of(const Room& room, VenueKind kind, bool set_aside, Pool& pool) {
  pool = Pool{};
  if (kind == VenueKind::isolation) pool.routing = Routing::isolation;
  if (room.use == RoomUse::reserve || set_aside) {
    if (kind == VenueKind::isolation) return false;
    pool.routing = Routing::reserve;
  }
  pool.assisted = room.use == RoomUse::separate || kind == VenueKind::accommodation;
  return true;
}

bool sets_aside(const Policy& policy) {
  return policy.reserve_rooms.per_venue > 0 || policy.reserve_rooms.per_district > 0;
}

using Groups = std::map<std::tuple<int, bool>, RoomGroup>;
using Pools = std::map<Pool, Groups>;

void add_room(Pools& pools, const Pool& pool, VenueIndex venue, RoomIndex room, int capacity, bool accessible,
              bool fenced) {
  RoomGroup& group = pools[pool][std::tuple(-capacity, fenced && !accessible)];
  group.venue = venue;
  group.capacity = capacity;
  group.fenced = fenced;
  group.accessible += accessible ? 1 : 0;
  group.rooms.push_back(room);
}

// The exam rooms of a regular venue as no choice of those set aside can better them.
void add_any_choice(const Exam& exam, VenueIndex venue, const std::vector<int>& capacities, Pools& pools) {
  std::vector<RoomIndex> rooms;
  bool accessible = false;
  for (std::uint32_t i = 0; i < exam[venue].room_count; ++i) {
    const RoomIndex room(std::size_t{exam[venue].first_room} + i);
    if (exam[room].use != RoomUse::exam) continue;
    rooms.push_back(room);
    accessible = accessible || exam[room].accessible;
  }
  std::stable_sort(rooms.begin(), rooms.end(),
                   [&](RoomIndex a, RoomIndex b) { return capacities[a.value] > capacities[b.value]; });
  const auto count = static_cast<std::int64_t>(rooms.size());
  const ReserveRooms& policy = exam.policy.reserve_rooms;
  const std::int64_t others = count - std::min<std::int64_t>(count, std::max(0, policy.per_venue));
  const std::int64_t reserve =
      std::min<std::int64_t>(count, std::int64_t{std::max(0, policy.per_venue)} + std::max(0, policy.per_district));
  for (std::int64_t i = 0; i < count; ++i) {
    const RoomIndex room = rooms[static_cast<std::size_t>(i)];
    const int capacity = capacities[room.value];
    if (capacity <= 0) break;
    if (i < others) add_room(pools, Pool{}, venue, room, capacity, accessible, false);
    if (i < reserve) add_room(pools, Pool{.routing = Routing::reserve}, venue, room, capacity, accessible, false);
  }
}

Groups as_seats(const Groups& groups) {
  RoomGroup seats{.capacity = 1};
  for (const auto& [key, group] : groups) {
    const auto each = static_cast<std::size_t>(group.capacity);
    seats.venue = group.venue;
    seats.accessible += group.accessible * group.capacity;
    for (const RoomIndex room : group.rooms) seats.rooms.insert(seats.rooms.end(), each, room);
  }
  return {{std::tuple(-1, false), std::move(seats)}};
}

void make_sites_and_groups(Problem& problem, const Reading& reading, const std::vector<int>& capacities) {
  const Exam& exam = *problem.exam;
  const std::vector<bool>& fenced = reading.fenced;
  std::vector<bool> set_aside(exam.rooms.size());
  for (const RoomIndex room : problem.set_aside) set_aside[room.value] = true;
  for (std::size_t venue = 0; venue < exam.venues.size(); ++venue) {
    if (venue < reading.closed.size() && reading.closed[venue]) continue;
    const bool fence = venue < fenced.size() && fenced[venue];
    const bool any_choice =
        reading.any_choice && sets_aside(exam.policy) && exam.venues[venue].kind == VenueKind::regular;
    Pools pools;
    if (any_choice) add_any_choice(exam, VenueIndex(venue), capacities, pools);
    for (std::uint32_t i = 0; i < exam.venues[venue].room_count; ++i) {
      const RoomIndex index(std::size_t{exam.venues[venue].first_room} + i);
      const Room& room = exam[index];
      const int capacity = capacities[index.value];
      Pool pool;
      if (capacity <= 0 || (any_choice && room.use == RoomUse::exam)) continue;
      if (!pool_of(room, exam.venues[venue].kind, set_aside[index.value], pool)) continue;
      add_room(pools, pool, VenueIndex(venue), index, capacity, room.accessible, fence);
    }
    for (auto& [pool, groups] : pools) {
      if (reading.seat_by_seat) groups = as_seats(groups);
      Site site{.venue = VenueIndex(venue), .pool = pool};
      for (auto& [key, group] : groups) {
        group.site = static_cast<std::uint32_t>(problem.sites.size());
        std::stable_partition(group.rooms.begin(), group.rooms.end(),
                              [&](RoomIndex room) { return exam[room].accessible; });
        site.seats += std::int64_t{group.capacity} * static_cast<std::int64_t>(group.rooms.size());
        site.accessible = site.accessible || group.accessible > 0;
        problem.groups.push_back(std::move(group));
      }
      problem.sites.push_back(site);
    }
  }
}

bool joins(Join join, const Applicant& person) {
  if (person.accommodation.may_mix()) return false;
  return join == Join::all || (join == Join::plain && person.routing == Routing::none);
}

void make_classes(Problem& problem, const Reading& reading) {
  const Exam& exam = *problem.exam;
  const std::vector<char>& rests = reading.rests;
  // Units that may share: by the first unit of the series and grade, or of all.
  std::vector<std::uint32_t> share(exam.units.size());
  for (std::size_t unit = 0; unit < exam.units.size(); ++unit) {
    share[unit] = static_cast<std::uint32_t>(unit);
    if (exam.policy.mixing == Mixing::free) share[unit] = 0;
    if (exam.policy.mixing != Mixing::same_series) continue;
    for (std::size_t other = 0; other < unit; ++other) {
      if (exam.units[other].series_ko == exam.units[unit].series_ko &&
          exam.units[other].grade == exam.units[unit].grade) {
        share[unit] = static_cast<std::uint32_t>(other);
        break;
      }
    }
  }
  using Key = std::tuple<Routing, TimeMultiplier, bool, std::uint32_t, int>;
  const auto all_rests = static_cast<std::uint32_t>(exam.units.size());  // shared by the rests of all units
  const auto key_of = [&](std::size_t person) {
    const Applicant& applicant = exam.applicants[person];
    const Accommodation& needs = applicant.accommodation;
    const bool rest = person < rests.size() && rests[person] != 0;
    return Key(applicant.routing, needs.multiplier, needs.apart(),
               needs.may_mix()                  ? 0
               : rest                            ? all_rests
               : joins(reading.join, applicant) ? 0
                                                 : share[applicant.unit.value],
               exam[applicant.unit].duration_min);
  };
  std::map<Key, std::uint32_t> numbers;
  for (std::size_t person = 0; person < exam.applicants.size(); ++person) numbers.emplace(key_of(person), 0);
  std::uint32_t next = 0;
  for (auto& [key, number] : numbers) number = next++;
  problem.classes.resize(numbers.size());
  problem.class_of.resize(exam.applicants.size());
  for (std::size_t person = 0; person < exam.applicants.size(); ++person) {
    const Key key = key_of(person);
    const std::uint32_t number = numbers.find(key)->second;
    PeopleClass& people = problem.classes[number];
    people.routing = std::get<0>(key);
    people.multiplier = std::get<1>(key);
    people.apart = std::get<2>(key);
    people.duration_min = std::get<4>(key);
    people.rests = std::get<3>(key) == all_rests;
    people.joined = joins(reading.join, exam.applicants[person]);
    const bool whole_rooms = exam.policy.mixing != Mixing::leftover || people.joined || reading.seat_by_seat ||
                             exam.applicants[person].accommodation.may_mix();
    problem.rooms_bound = problem.rooms_bound && whole_rooms;
    people.carries_pairs =
        people.routing == Routing::none && !people.rests && !exam.applicants[person].accommodation.may_mix();
    people.people.push_back(static_cast<std::uint32_t>(person));
    people.units.push_back(exam.applicants[person].unit);
    problem.class_of[person] = number;
  }
  for (PeopleClass& people : problem.classes) {
    std::sort(people.units.begin(), people.units.end());
    people.units.erase(std::unique(people.units.begin(), people.units.end()), people.units.end());
  }
}

[[noreturn]] void refuse_weights() {
  throw InvalidInput(
      "weights_too_large",
      {"the weights of policy.json are so large that the objective does not fit into 64 bits; use smaller ones",
       "policy.json의 가중치가 너무 커서 목적값이 64비트 범위를 벗어납니다. 더 작은 값을 사용하십시오"});
}

// a * b + c for numbers that are not negative; nothing beyond 2^60.
std::optional<Cost> find_sum(Cost a, Cost b, Cost c) {
  constexpr Cost most = Cost{1} << 60;
  if (c > most || (b != 0 && a > (most - c) / b)) return std::nullopt;
  return a * b + c;
}

Cost times_plus(Cost a, Cost b, Cost c) {
  const std::optional<Cost> sum = find_sum(a, b, c);
  if (!sum) refuse_weights();
  return *sum;
}

void make_scale(Problem& problem) {
  const Exam& exam = *problem.exam;
  const Weights& weights = exam.policy.weights;
  const auto people = static_cast<Cost>(exam.applicants.size());
  const auto venues = static_cast<Cost>(exam.venues.size());
  CostScale& scale = problem.scale;
  scale.travel = weights.travel;
  scale.most_travel = times_plus(weights.travel, problem.travel.longest(), 0);
  Cost worst = times_plus(people, scale.most_travel, 0);
  worst = times_plus(static_cast<Cost>(exam.rooms.size()), weights.room, worst);
  worst = times_plus(std::min(people, static_cast<Cost>(exam.units.size()) * venues), weights.unit_at_venue, worst);
  worst = times_plus(venues, weights.venue, worst);
  for (const Venue& venue : exam.venues) worst = times_plus(1, venue.opening_cost, worst);
  // Beyond one step of a simple exchange nothing is gained by a larger penalty, so it may stay well inside 64 bits:
  // an exchange passes every site once.
  const Cost sites = static_cast<Cost>(problem.sites.size()) + 4;
  const Cost ceiling = (std::int64_t{1} << 61) / std::max<Cost>(people, 1);
  if (exam.policy.detour_cap_m) {
    problem.cap_m_ = *exam.policy.detour_cap_m;
    scale.over_cap = std::max(times_plus(sites, scale.most_travel, 1), std::min(worst + 1, ceiling));
  }
  scale.unseated = times_plus(sites, scale.over_cap + scale.most_travel, 1);
  const std::optional<Cost> everything = find_sum(people, scale.over_cap, worst + 1);
  if (everything && *everything < ceiling) scale.unseated = std::max(scale.unseated, *everything);
}

}  // namespace

int usual_capacity(const Problem& problem, Routing routing) {
  std::map<int, std::size_t> rooms;
  for (const RoomGroup& group : problem.groups) {
    const Pool& pool = problem.sites[group.site].pool;
    if (pool.routing == routing && !pool.assisted) rooms[group.capacity] += group.rooms.size();
  }
  int usual = 1;
  std::size_t most = 0;
  for (const auto& [capacity, count] : rooms) {
    if (count >= most) usual = capacity;
    most = std::max(most, count);
  }
  return usual;
}

bool openings_cost(const Exam& exam) {
  return exam.policy.weights.venue > 0 || std::any_of(exam.venues.begin(), exam.venues.end(),
                                                      [](const Venue& venue) { return venue.opening_cost > 0; });
}

bool has_choice(const Exam& exam) {
  if (!sets_aside(exam.policy)) return false;
  return exam.policy.reserve_rooms.per_district > 0 ||
         std::any_of(exam.applicants.begin(), exam.applicants.end(), [](const Applicant& person) {
           return person.routing == Routing::reserve || person.accommodation.wheelchair;
         });
}

Problem make_problem(const Exam& exam, const Reading& reading, int threads) {
  return make_problem(exam, reading, Travel(exam, threads));
}

Problem make_problem(const Exam& exam, const Reading& reading, Travel travel) {
  Problem problem;
  problem.exam = &exam;
  problem.travel = std::move(travel);
  problem.seat_by_seat = reading.seat_by_seat;
  std::vector<int> capacities;
  capacities.reserve(exam.rooms.size());
  for (const seating::RoomCapacity& capacity : seating::room_capacities(exam)) capacities.push_back(capacity.people);
  if (!reading.any_choice) problem.set_aside = choose_set_aside(exam, capacities);
  make_sites_and_groups(problem, reading, capacities);
  make_classes(problem, reading);
  make_scale(problem);
  return problem;
}

}  // namespace hanjari::allocation
