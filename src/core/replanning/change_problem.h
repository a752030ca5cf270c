// A published plan seen with the eyes of the changed exam: who could stay where, who may share a room, which rooms are
// for whom.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hanjari/domain/plan_rows.h"
#include "hanjari/domain/travel.h"

namespace hanjari::replanning {

using Count = std::int64_t;

constexpr std::uint32_t none = UINT32_MAX;

// Rooms of one venue that the same people may use. Rooms set aside for reserve people by policy are a pool of their
// own, over the same rooms as the exam pool of the venue.
struct RoomPool {
  VenueIndex venue;
  Routing routing = Routing::none;
  bool assisted = false;  // only people with an accommodation
  bool set_aside = false;
  Count allowed = 0;  // rooms that may be used at once
  // The same whatever rooms policy sets aside and wherever reserve people use a district's share: for bounds.
  Count allowed_at_best = 0;
  std::vector<RoomIndex> rooms;
  std::vector<int> capacities;  // of the rooms, largest first
};

// How a class of people may use a pool.
enum class Access { nobody, some, everybody };

// People who may share a room with one another and with nobody else.
struct PeopleClass {
  Routing routing = Routing::none;
  int duration_min = 0;
  TimeMultiplier multiplier = TimeMultiplier::x1_0;
  bool apart = false;
  std::uint32_t unit_key = 0;         // equal for units that may share; 0 where units do not matter
  std::vector<std::uint32_t> people;  // applicants, ascending
  Count assisted = 0;                 // of them with an accommodation

  Access access(const RoomPool& pool) const {
    if (pool.routing != routing) return Access::nobody;
    if (!pool.assisted || assisted == static_cast<Count>(people.size())) return Access::everybody;
    return assisted > 0 ? Access::some : Access::nobody;
  }
};

// How units share rooms: as the policy says; `leftover` is planned as `never`, and judged as `free` for bounds.
struct Classes {
  std::vector<PeopleClass> list;
  std::vector<std::uint32_t> of;  // by applicant
};

struct ChangeProblem {
  const Exam* exam = nullptr;
  const PlanRows* published = nullptr;

  std::vector<std::uint32_t> row_of;   // by applicant: row of the published plan, `none` when added
  std::vector<RoomIndex> old_room;     // by applicant; none() when added or the room is gone
  std::vector<VenueIndex> old_venue;   // by applicant; none() when added or the venue is gone
  std::vector<int> old_seat;           // by applicant
  std::vector<Metres> old_travel;      // by applicant, as published, also where the venue is gone; 0 when added
  std::vector<char> may_keep_room;     // by applicant, as far as this person alone is concerned
  std::vector<char> may_keep_venue;    // by applicant: the venue has a room that this person may use
  std::vector<char> pinned;            // by applicant
  std::vector<std::uint32_t> removed;  // rows of the published plan without a person in the exam

  std::vector<int> capacity;                          // by room
  std::vector<char> closed;                           // by venue: merged into another one
  std::vector<RoomPool> pools;                        // by venue
  std::vector<std::uint32_t> first_pool;              // by venue, one more at the end
  std::vector<std::vector<std::uint32_t>> districts;  // venues by district, with a regular exam room
  std::vector<Count> district_allowed;                // exam rooms that others than reserve people may use
  std::vector<std::uint32_t> district_of;             // by venue; `none`
  std::vector<char> shared_before;                    // by room: units share it as `leftover` allows; it stays as it is

  Classes classes;           // for the plan
  Classes classes_of_bound;  // for lower bounds: the same but for `leftover`
  bool bound_by_seats = false;

  // Whether the person alone may sit in a room of the pool (its venue reachable, wheelchairs aside).
  bool admits(const RoomPool& pool, std::uint32_t person) const {
    const Applicant& applicant = exam->applicants[person];
    return pool.routing == applicant.routing && (!pool.assisted || applicant.accommodation.any());
  }
};

// Whether the person, sent to this venue, would travel more than the policy's moved_farther_m farther than before.
// Always false without such a limit, for people added and for the published venue.
bool is_farther(const ChangeProblem& problem, std::uint32_t person, VenueIndex venue, Metres metres);

// The venue that this one, closed, was merged into; none() when it was not. Whoever sat in a merged venue goes along with
// it wherever there is room: going there counts as no travel and no detour.
VenueIndex merged_venue(const ChangeProblem& problem, VenueIndex venue);

// Throws InvalidInput when somebody stands in the published plan twice.
ChangeProblem make_change_problem(const Exam& exam, const PlanRows& published, const TravelTable& travel);

}  // namespace hanjari::replanning
