#include "replanning/change_problem.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "hanjari/base/error.h"
#include "hanjari/base/korean.h"
#include "hanjari/seating/geometry.h"

namespace hanjari::replanning {
namespace {

void find_standing(ChangeProblem& problem) {
  const Exam& exam = *problem.exam;
  const std::size_t people = exam.applicants.size();
  problem.row_of.assign(people, none);
  problem.old_room.resize(people);
  problem.old_venue.resize(people);
  problem.old_seat.assign(people, 0);
  problem.old_travel.assign(people, 0);
  RepeatedFaults repeated;
  VenueCode last_code;
  VenueIndex last_venue;
  std::size_t next = 0;  // rows come in the order of the ids, as a rule
  for (std::uint32_t row = 0; row < problem.published->placements.size(); ++row) {
    const PlacementRow& placed = problem.published->placements[row];
    while (next < people && exam.applicants[next].id < placed.applicant_id) ++next;
    const ApplicantIndex person = next < people && exam.applicants[next].id == placed.applicant_id
                                      ? ApplicantIndex(next)
                                      : exam.find(placed.applicant_id);
    if (!person.exists()) {
      problem.removed.push_back(row);
      continue;
    }
    if (problem.row_of[person.value] != none) {
      repeated.add({"placements.csv",
                    placed.line,
                    "applicant_id",
                    {fmt::format("'{}' stands in the plan twice", placed.applicant_id.text()),
                     in_korean("'{}'[이/가] 배정안에 두 번 있습니다", placed.applicant_id.text())},
                    {"keep one of the two", "하나만 남기십시오"}});
      continue;
    }
    problem.row_of[person.value] = row;
    problem.old_travel[person.value] = placed.travel_m;
    if (row == 0 || placed.venue_code != last_code) {
      last_code = placed.venue_code;
      last_venue = exam.find(placed.venue_code);
    }
    if (!last_venue.exists()) continue;
    problem.old_venue[person.value] = last_venue;
    if (placed.room_no < 1 || placed.room_no > INT32_MAX) continue;
    problem.old_room[person.value] = exam.find(last_venue, static_cast<int>(placed.room_no));
    problem.old_seat[person.value] = static_cast<int>(std::clamp<std::int64_t>(placed.seat_no, 0, INT32_MAX));
  }
  if (repeated.empty()) return;
  Faults faults;
  repeated.hand_over(faults);
  throw InvalidInput(std::move(faults));
}

// A venue merged into another takes nobody any more, unless the published plan was made from this very package.
void find_closed(ChangeProblem& problem) {
  const Exam& exam = *problem.exam;
  const bool unchanged = problem.published->has_report && exam.is_input(problem.published->report.input_sha256);
  problem.closed.assign(exam.venues.size(), 0);
  if (unchanged) return;
  for (std::size_t venue = 0; venue < exam.venues.size(); ++venue) {
    problem.closed[venue] = exam.venues[venue].merged_into.empty() ? 0 : 1;
  }
}

void add_pool(ChangeProblem& problem, RoomPool pool) {
  if (pool.rooms.empty() || pool.allowed_at_best <= 0) return;
  for (const RoomIndex room : pool.rooms) pool.capacities.push_back(problem.capacity[room.value]);
  std::sort(pool.capacities.rbegin(), pool.capacities.rend());
  problem.pools.push_back(std::move(pool));
}

// Exam rooms of regular venues: all of them count for what policy sets aside, also those that hold nobody.
struct ExamRooms {
  std::vector<Count> of_venue;
  std::vector<Count> reserve;  // by venue: rooms in which the published plan has reserve people
  std::vector<Count> share;    // by venue: rooms of the district's share that reserve people may use there
};

ExamRooms count_exam_rooms(const ChangeProblem& problem) {
  const Exam& exam = *problem.exam;
  ExamRooms rooms;
  rooms.of_venue.assign(exam.venues.size(), 0);
  rooms.reserve.assign(exam.venues.size(), 0);
  rooms.share.assign(exam.venues.size(), 0);
  std::set<std::uint32_t> with_reserve;
  for (std::size_t person = 0; person < exam.applicants.size(); ++person) {
    const RoomIndex room = problem.old_room[person];
    if (exam.applicants[person].routing == Routing::reserve && room.exists()) with_reserve.insert(room.value);
  }
  for (std::uint32_t at = 0; at < exam.rooms.size(); ++at) {
    const Room& room = exam.rooms[at];
    if (room.use != RoomUse::exam || exam[room.venue].kind != VenueKind::regular) continue;
    ++rooms.of_venue[room.venue.value];
    if (problem.capacity[at] > 0 && with_reserve.contains(at)) ++rooms.reserve[room.venue.value];
  }
  return rooms;
}

// Districts, what others may use of their rooms, and at which venues reserve people may use the district's share: first
// where they are already, then where most exam rooms are left.
void make_districts(ChangeProblem& problem, ExamRooms& rooms) {
  const Exam& exam = *problem.exam;
  const auto per_venue = static_cast<Count>(std::max(0, exam.policy.reserve_rooms.per_venue));
  const auto per_district = static_cast<Count>(std::max(0, exam.policy.reserve_rooms.per_district));
  problem.district_of.assign(exam.venues.size(), none);
  if (per_district == 0) return;
  std::map<std::string_view, std::uint32_t> numbers;
  for (std::uint32_t venue = 0; venue < exam.venues.size(); ++venue) {
    if (rooms.of_venue[venue] == 0) continue;
    const auto [entry, is_new] =
        numbers.emplace(exam.words[exam.venues[venue].district], static_cast<std::uint32_t>(problem.districts.size()));
    if (is_new) problem.districts.emplace_back();
    problem.districts[entry->second].push_back(venue);
    problem.district_of[venue] = entry->second;
  }
  for (const std::vector<std::uint32_t>& venues : problem.districts) {
    Count all = 0;
    for (const std::uint32_t venue : venues) all += rooms.of_venue[venue];
    Count left = std::min(per_district, all);
    problem.district_allowed.push_back(all - left);
    const auto free = [&](std::uint32_t venue) { return rooms.of_venue[venue] - per_venue - rooms.share[venue]; };
    for (const std::uint32_t venue : venues) {
      if (problem.closed[venue] != 0) continue;
      rooms.share[venue] =
          std::clamp<Count>(rooms.reserve[venue] - per_venue, 0, std::min(left, std::max<Count>(0, free(venue))));
      left -= rooms.share[venue];
    }
    while (left > 0) {
      std::uint32_t best = none;
      for (const std::uint32_t venue : venues) {
        if (problem.closed[venue] == 0 && (best == none || free(venue) > free(best))) best = venue;
      }
      if (best == none || free(best) <= 0) break;
      ++rooms.share[best];
      --left;
    }
  }
}

void make_pools(ChangeProblem& problem) {
  const Exam& exam = *problem.exam;
  for (const seating::RoomCapacity& capacity : seating::room_capacities(exam))
    problem.capacity.push_back(capacity.people);
  ExamRooms exam_rooms = count_exam_rooms(problem);
  make_districts(problem, exam_rooms);
  const auto per_venue = static_cast<Count>(std::max(0, exam.policy.reserve_rooms.per_venue));
  const auto per_district = static_cast<Count>(std::max(0, exam.policy.reserve_rooms.per_district));
  for (std::size_t venue = 0; venue < exam.venues.size(); ++venue) {
    problem.first_pool.push_back(static_cast<std::uint32_t>(problem.pools.size()));
    if (problem.closed[venue] != 0) continue;
    const VenueIndex at(venue);
    const VenueKind kind = exam.venues[venue].kind;
    RoomPool plain{.venue = at};
    RoomPool assisted{.venue = at, .assisted = true};
    RoomPool reserve{.venue = at, .routing = Routing::reserve};
    for (std::uint32_t i = 0; i < exam.venues[venue].room_count; ++i) {
      const RoomIndex room(std::size_t{exam.venues[venue].first_room} + i);
      if (problem.capacity[room.value] <= 0) continue;
      switch (exam[room].use) {
        case RoomUse::exam:
          (kind == VenueKind::accommodation ? assisted : plain).rooms.push_back(room);
          break;
        case RoomUse::separate:
          assisted.rooms.push_back(room);
          break;
        case RoomUse::reserve:
          if (kind != VenueKind::isolation) reserve.rooms.push_back(room);
          break;
      }
    }
    if (kind == VenueKind::isolation) plain.routing = assisted.routing = Routing::isolation;
    if (kind == VenueKind::accommodation) reserve.assisted = true;
    for (RoomPool* pool : {&plain, &assisted, &reserve}) {
      pool->allowed = pool->allowed_at_best = static_cast<Count>(pool->rooms.size());
    }
    RoomPool aside{.venue = at, .routing = Routing::reserve, .set_aside = true};
    if (kind == VenueKind::regular) {
      const Count all = exam_rooms.of_venue[venue];
      const Count rooms = plain.allowed;
      aside.rooms = plain.rooms;
      aside.allowed = std::min(per_venue + exam_rooms.share[venue], rooms);
      aside.allowed_at_best = std::min(per_venue + per_district, rooms);
      plain.allowed = plain.allowed_at_best = std::min(rooms, all - std::min(per_venue, all));
    }
    add_pool(problem, std::move(plain));
    add_pool(problem, std::move(assisted));
    add_pool(problem, std::move(reserve));
    add_pool(problem, std::move(aside));
  }
  problem.first_pool.push_back(static_cast<std::uint32_t>(problem.pools.size()));
}

using ClassKey = std::tuple<Routing, int, TimeMultiplier, bool, std::uint32_t>;

Classes make_classes(const Exam& exam, Mixing mixing) {
  // Equal numbers for units that may share; 0 is for where units do not matter.
  std::vector<std::uint32_t> unit_key(exam.units.size());
  std::map<std::pair<std::string_view, int>, std::uint32_t> series;
  for (std::size_t unit = 0; unit < exam.units.size(); ++unit) {
    const auto own = static_cast<std::uint32_t>(unit + 1);
    if (mixing == Mixing::free) {
      unit_key[unit] = 0;
    } else if (mixing == Mixing::same_series) {
      unit_key[unit] = series.try_emplace({exam.units[unit].series_ko, exam.units[unit].grade}, own).first->second;
    } else {
      unit_key[unit] = own;
    }
  }
  Classes classes;
  classes.of.resize(exam.applicants.size());
  std::map<ClassKey, std::uint32_t> numbers;
  for (std::uint32_t person = 0; person < exam.applicants.size(); ++person) {
    const Applicant& applicant = exam.applicants[person];
    const Accommodation& needs = applicant.accommodation;
    const ClassKey key(applicant.routing, exam[applicant.unit].duration_min, needs.multiplier, needs.apart(),
                       needs.may_mix() ? 0 : unit_key[applicant.unit.value]);
    const auto [entry, is_new] = numbers.emplace(key, static_cast<std::uint32_t>(classes.list.size()));
    if (is_new) {
      classes.list.push_back(
          {std::get<0>(key), std::get<1>(key), std::get<2>(key), std::get<3>(key), std::get<4>(key), {}, 0});
    }
    PeopleClass& own = classes.list[entry->second];
    own.people.push_back(person);
    own.assisted += needs.any() ? 1 : 0;
    classes.of[person] = entry->second;
  }
  return classes;
}

bool pool_has(const RoomPool& pool, RoomIndex room) {
  return std::binary_search(pool.rooms.begin(), pool.rooms.end(), room);
}

void judge_staying(ChangeProblem& problem, const TravelTable& travel) {
  const Exam& exam = *problem.exam;
  // Whether a venue has an accessible room in the pool.
  std::vector<char> has_accessible;
  for (const RoomPool& pool : problem.pools) {
    has_accessible.push_back(
        std::any_of(pool.rooms.begin(), pool.rooms.end(), [&](RoomIndex room) { return exam[room].accessible; }));
  }
  const std::size_t people = exam.applicants.size();
  problem.may_keep_room.assign(people, 0);
  problem.may_keep_venue.assign(people, 0);
  for (std::uint32_t person = 0; person < people; ++person) {
    const VenueIndex venue = problem.old_venue[person];
    if (!venue.exists()) continue;
    if (exam.policy.travel == TravelSource::table && travel.between(ApplicantIndex(person), venue) == unreachable)
      continue;
    const bool wheelchair = exam.applicants[person].accommodation.wheelchair;
    const RoomIndex room = problem.old_room[person];
    for (std::uint32_t pool = problem.first_pool[venue.value]; pool < problem.first_pool[venue.value + 1]; ++pool) {
      if (!problem.admits(problem.pools[pool], person) || (wheelchair && has_accessible[pool] == 0)) continue;
      problem.may_keep_venue[person] = 1;
      if (room.exists() && (!wheelchair || exam[room].accessible) && pool_has(problem.pools[pool], room))
        problem.may_keep_room[person] = 1;
    }
  }
}

void read_pins(ChangeProblem& problem) {
  const Exam& exam = *problem.exam;
  problem.pinned.assign(exam.applicants.size(), 0);
  std::set<std::uint32_t> rooms;
  std::set<std::uint32_t> venues;
  for (const Pin& pin : exam.pins) {
    if (pin.kind == PinKind::person) problem.pinned[pin.applicant.value] = 1;
    if (pin.kind == PinKind::room) rooms.insert(pin.room.value);
    if (pin.kind == PinKind::venue) venues.insert(pin.venue.value);
  }
  for (std::size_t person = 0; person < exam.applicants.size(); ++person) {
    if (problem.row_of[person] == none) {
      problem.pinned[person] = 0;  // the published plan has no place for somebody who was not in it
      continue;
    }
    const bool of_room = problem.old_room[person].exists() && rooms.contains(problem.old_room[person].value);
    const bool of_venue = problem.old_venue[person].exists() && venues.contains(problem.old_venue[person].value);
    if (of_room || of_venue) problem.pinned[person] = 1;
  }
}

// Under `leftover` a unit may share one room a venue. Rooms that units share lawfully stay as they are.
void find_shared_rooms(ChangeProblem& problem) {
  const Exam& exam = *problem.exam;
  problem.shared_before.assign(exam.rooms.size(), 0);
  if (exam.policy.mixing != Mixing::leftover) return;
  std::map<RoomIndex, std::set<std::uint32_t>> classes_in;
  std::map<RoomIndex, std::set<UnitIndex>> units_in;
  for (std::uint32_t person = 0; person < exam.applicants.size(); ++person) {
    if (problem.may_keep_room[person] == 0) continue;
    classes_in[problem.old_room[person]].insert(problem.classes_of_bound.of[person]);
    units_in[problem.old_room[person]].insert(exam.applicants[person].unit);
  }
  std::set<std::pair<VenueIndex, UnitIndex>> sharing;
  for (const auto& [room, units] : units_in) {
    if (units.size() < 2 || classes_in[room].size() > 1) continue;
    const VenueIndex venue = exam[room].venue;
    if (std::any_of(units.begin(), units.end(), [&](UnitIndex unit) { return sharing.contains({venue, unit}); }))
      continue;
    for (const UnitIndex unit : units) sharing.insert({venue, unit});
    problem.shared_before[room.value] = 1;
  }
}

}  // namespace

bool is_farther(const ChangeProblem& problem, std::uint32_t person, VenueIndex venue, Metres metres) {
  const std::optional<Metres>& cap = problem.exam->policy.moved_farther_m;
  return cap && problem.row_of[person] != none && problem.old_venue[person] != venue &&
         metres - problem.old_travel[person] > *cap;
}

VenueIndex merged_venue(const ChangeProblem& problem, VenueIndex venue) {
  if (!venue.exists() || problem.closed[venue.value] == 0) return VenueIndex::none();
  return problem.exam->find((*problem.exam)[venue].merged_into);
}

ChangeProblem make_change_problem(const Exam& exam, const PlanRows& published, const TravelTable& travel) {
  ChangeProblem problem;
  problem.exam = &exam;
  problem.published = &published;
  find_standing(problem);
  find_closed(problem);
  make_pools(problem);
  problem.classes = make_classes(exam, exam.policy.mixing);
  problem.bound_by_seats = exam.policy.mixing == Mixing::leftover;
  problem.classes_of_bound = problem.bound_by_seats ? make_classes(exam, Mixing::free) : problem.classes;
  judge_staying(problem, travel);
  read_pins(problem);
  find_shared_rooms(problem);
  return problem;
}

}  // namespace hanjari::replanning
