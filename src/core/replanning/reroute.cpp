#include "hanjari/replanning/reroute.h"

#include <algorithm>
#include <tuple>

#include "hanjari/domain/travel.h"
#include "hanjari/seating/geometry.h"
#include "hanjari/seating/reseat.h"
#include "hanjari/seating/seats.h"
#include "hanjari/seating/tally.h"

namespace hanjari::replanning {

struct Rerouting::State {
  State(const Exam& for_exam, const Plan& plan)
      : exam(for_exam),
        published(plan),
        broken(plan.report.keep_apart_broken),
        placements(plan.placements),
        travel(for_exam),
        seats(for_exam, parse_seed(plan.report.seed).value_or(Seed{}), plan.digest),
        people_in(for_exam.rooms.size()),
        position(for_exam.applicants.size(), UINT32_MAX),
        routing(for_exam.applicants.size()),
        set_aside_used(for_exam.venues.size(), 0) {
    for (const seating::RoomCapacity& room : seating::room_capacities(exam)) capacity.push_back(room.people);
    for (std::uint32_t i = 0; i < placements.size(); ++i) {
      position[placements[i].applicant.value] = i;
      people_in[placements[i].room.value].push_back(placements[i].applicant);
    }
    for (std::size_t person = 0; person < routing.size(); ++person) routing[person] = exam.applicants[person].routing;
    for (std::size_t room = 0; room < people_in.size(); ++room) {
      if (!people_in[room].empty() && is_set_aside(RoomIndex(room), routing[people_in[room].front().value]))
        ++set_aside_used[exam.rooms[room].venue.value];
    }
  }

  bool is_set_aside(RoomIndex room, Routing of_people) const {
    return of_people == Routing::reserve && exam[room].use == RoomUse::exam;
  }

  // Who may share a room: the same routing, times and needs, and units as the policy says.
  bool may_share(ApplicantIndex a, Routing routing_of_a, ApplicantIndex b) const {
    const Accommodation& needs = exam[a].accommodation;
    const Accommodation& others = exam[b].accommodation;
    const Unit& unit = exam[exam[a].unit];
    const Unit& other = exam[exam[b].unit];
    if (routing[b.value] != routing_of_a || unit.duration_min != other.duration_min) return false;
    if (needs.multiplier != others.multiplier || needs.apart() != others.apart()) return false;
    if (exam[a].unit == exam[b].unit || (needs.may_mix() && others.may_mix())) return true;
    if (exam.policy.mixing == Mixing::same_series)
      return unit.series_ko == other.series_ko && unit.grade == other.grade;
    return exam.policy.mixing == Mixing::free;
  }

  bool admits(RoomIndex room, ApplicantIndex person, Routing wanted) const {
    const Room& where = exam[room];
    const VenueKind kind = exam[where.venue].kind;
    const Accommodation& needs = exam[person].accommodation;
    if (!exam[where.venue].merged_into.empty() || (needs.wheelchair && !where.accessible)) return false;
    if ((where.use == RoomUse::separate || kind == VenueKind::accommodation) && !needs.any()) return false;
    if (wanted == Routing::isolation) return kind == VenueKind::isolation && where.use != RoomUse::reserve;
    if (kind == VenueKind::isolation) return false;
    if (where.use == RoomUse::reserve) return true;
    // A room that policy sets aside: an empty exam room, as many a venue as the policy says.
    return where.use == RoomUse::exam && kind == VenueKind::regular &&
           set_aside_used[where.venue.value] + (people_in[room.value].empty() ? 1 : 0) <=
               exam.policy.reserve_rooms.per_venue;
  }

  // Nobody is near whom they should not be near any more who left or whose room was seated anew.
  void note_broken(RoomIndex room, ApplicantIndex person, const std::vector<KeepApartBroken>& now) {
    std::erase_if(broken, [&](const KeepApartBroken& one) {
      return one.first == person || one.second == person || placements[position[one.first.value]].room == room;
    });
    broken.insert(broken.end(), now.begin(), now.end());
    std::sort(broken.begin(), broken.end(), [](const KeepApartBroken& a, const KeepApartBroken& b) {
      return std::tie(a.first, a.second) < std::tie(b.first, b.second);
    });
  }

  const Exam& exam;
  const Plan& published;
  std::vector<KeepApartBroken> broken;
  std::vector<Placement> placements;
  TravelTable travel;
  seating::Reseating seats;
  std::vector<int> capacity;                           // by room
  std::vector<std::vector<ApplicantIndex>> people_in;  // by room
  std::vector<std::uint32_t> position;                 // by applicant: in placements
  std::vector<Routing> routing;                        // by applicant, as it is now
  std::vector<int> set_aside_used;                     // by venue: exam rooms with reserve people
};

Rerouting::Rerouting(const Exam& exam, const Plan& plan) : state_(std::make_unique<State>(exam, plan)) {}

Rerouting::~Rerouting() = default;

std::optional<Placement> Rerouting::reroute(ApplicantIndex person, Routing routing) {
  State& state = *state_;
  if (routing == Routing::none || state.position[person.value] == UINT32_MAX) return std::nullopt;
  Placement& placed = state.placements[state.position[person.value]];
  if (state.routing[person.value] == routing) return placed;
  // Another venue, travel, opening a room, room: the first least one.
  using Rank = std::tuple<bool, Metres, bool, RoomIndex>;
  std::optional<Rank> best;
  for (std::size_t number = 0; number < state.exam.rooms.size(); ++number) {
    const RoomIndex room(number);
    const auto& people = state.people_in[number];
    if (static_cast<int>(people.size()) >= state.capacity[number] || !state.admits(room, person, routing)) continue;
    const auto shares = [&](ApplicantIndex other) { return state.may_share(person, routing, other); };
    if (!std::all_of(people.begin(), people.end(), shares)) continue;
    const VenueIndex venue = state.exam[room].venue;
    const Metres metres = state.travel.between(person, venue);
    if (metres == unreachable) continue;
    const Rank rank(venue != placed.venue, metres, people.empty(), room);
    if (!best || rank < *best) best = rank;
  }
  if (!best) return std::nullopt;
  const RoomIndex room = std::get<RoomIndex>(*best);
  std::vector<seating::Stayer> stayers;
  for (const ApplicantIndex other : state.people_in[room.value])
    stayers.push_back({other, state.placements[state.position[other.value]].seat_no});
  std::sort(stayers.begin(), stayers.end(),
            [](const seating::Stayer& a, const seating::Stayer& b) { return a.applicant < b.applicant; });
  const seating::ReseatedRoom seated_room = state.seats.seat(room, stayers, std::vector{person});
  state.note_broken(room, person, seated_room.broken);
  for (const seating::Reseated& seated : seated_room.people) {
    Placement& one = state.placements[state.position[seated.applicant.value]];
    one.seat_no = seated.seat_no;
    one.desk = seated.desk;
    one.booklet = seating::booklet_of(seated.desk, state.exam.policy.booklets);
  }
  std::erase(state.people_in[placed.room.value], person);
  if (state.people_in[placed.room.value].empty() && state.is_set_aside(placed.room, state.routing[person.value]))
    --state.set_aside_used[placed.venue.value];
  if (state.people_in[room.value].empty() && state.is_set_aside(room, routing))
    ++state.set_aside_used[state.exam[room].venue.value];
  state.people_in[room.value].push_back(person);
  state.routing[person.value] = routing;
  placed.room = room;
  placed.venue = state.exam[room].venue;
  placed.travel_m = std::get<Metres>(*best);
  return placed;
}

Plan Rerouting::plan(const Exam& exam) const {
  Plan plan;
  plan.placements = state_->placements;
  plan.unseated = state_->published.unseated;
  plan.report = state_->published.report;
  PlanReport& report = plan.report;
  report.keep_apart_broken = state_->broken;
  report.input_sha256 = exam.input_sha256;
  report.replanned_from = state_->published.digest;
  // A bound is of the exam that it was proven for.
  report.bound.reset();
  report.change.reset();
  report.room_prices.clear();
  report.over_detour_bound.reset();
  if (report.status == PlanStatus::optimal) report.status = PlanStatus::feasible;
  seating::tally(exam, plan);
  return plan;
}

}  // namespace hanjari::replanning
