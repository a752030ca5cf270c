// An exam in the terms of the solver: classes of people who may share a room, groups of like rooms, and costs in
// integers.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "allocation/cost.h"
#include "allocation/travel.h"
#include "hanjari/domain/exam.h"

namespace hanjari::allocation {

// Rooms of one venue that the same people may use.
struct Pool {
  Routing routing = Routing::none;  // the people it is for
  bool assisted = false;            // only people with an accommodation
  auto operator<=>(const Pool&) const = default;
};

// The seats of one pool at one venue: a vertex of the transportation problem.
struct Site {
  VenueIndex venue;
  Pool pool;
  std::int64_t seats = 0;
  bool accessible = false;  // has an accessible room
};

// Rooms of one site with equal capacity: what whole rooms are counted in.
struct RoomGroup {
  std::uint32_t site = 0;
  VenueIndex venue;
  int capacity = 0;
  int accessible = 0;            // how many of the rooms
  bool fenced = false;           // all accessible or none: wheelchair users are decided per group
  std::vector<RoomIndex> rooms;  // accessible rooms first
};

// People who may share a room with one another and with nobody else.
struct PeopleClass {
  Routing routing = Routing::none;
  int duration_min = 0;
  TimeMultiplier multiplier = TimeMultiplier::x1_0;
  bool apart = false;
  bool rests = false;                 // of several units, under `leftover`
  bool joined = false;                // all units under `leftover`, as if they might share any room (Join)
  bool carries_pairs = false;         // its (class, venue) pairs are (unit, venue) pairs that no other class counts
  std::vector<UnitIndex> units;       // of its people, ascending
  std::vector<std::uint32_t> people;  // applicants, ascending
};

// How much things cost, on one scale whose levels cannot outweigh one another: seats for everybody come before the
// detour cap, the detour cap before the objective.
struct CostScale {
  Cost travel = 1;       // per metre
  Cost over_cap = 0;     // per person beyond the detour cap; 0 without a cap
  Cost unseated = 0;     // per person without a seat
  Cost most_travel = 0;  // of one person, weighted
};

struct Problem {
  const Exam* exam = nullptr;
  Travel travel;
  CostScale scale;
  std::vector<Site> sites;        // by venue, pool
  std::vector<RoomGroup> groups;  // by site, capacity (large first), accessible first
  std::vector<PeopleClass> classes;
  std::vector<std::uint32_t> class_of;  // by applicant
  std::vector<RoomIndex> set_aside;     // rooms kept free by policy, ascending; none where any choice is allowed
  bool rooms_bound = true;              // no plan of the exam has people of two classes in one room
  bool seat_by_seat = false;            // every seat is a room

  std::size_t people() const { return class_of.size(); }
  // Cost of a person at a venue whatever the rooms: travel, and the penalty beyond the detour cap.
  Cost cost(std::size_t person, VenueIndex venue) const {
    const std::int32_t metres = travel.metres(person, venue.value);
    if (metres == Travel::no_way) return impossible;
    return scale.travel * metres + (over_cap(person, metres) ? scale.over_cap : 0);
  }
  bool over_cap(std::size_t person, std::int32_t metres) const {
    return cap_m_ >= 0 && travel.nearest(person) != Travel::no_way && metres - travel.nearest(person) > cap_m_;
  }
  // Whether the pool is open to the person; says nothing of travel and wheelchairs.
  bool admits(const Pool& pool, std::size_t person) const {
    const Applicant& applicant = exam->applicants[person];
    return pool.routing == applicant.routing && (!pool.assisted || applicant.accommodation.any());
  }
  bool may_use(std::size_t person, const Site& site) const {
    return admits(site.pool, person) && (site.accessible || !exam->applicants[person].accommodation.wheelchair) &&
           travel.has_way(person, site.venue.value);
  }
  bool may_use(std::size_t person, const RoomGroup& group) const {
    return admits(sites[group.site].pool, person) &&
           (group.accessible > 0 || !exam->applicants[person].accommodation.wheelchair) &&
           travel.has_way(person, group.venue.value);
  }

  Metres cap_m_ = -1;  // -1: none
};

// The capacity that most rooms have which everybody with the routing may use; 1 if there is none.
int usual_capacity(const Problem& problem, Routing routing);

// Whether opening a venue costs anything.
bool openings_cost(const Exam& exam);

// Whose units are one class although they may share few rooms only: under `leftover`, for a plan to begin with (plain:
// people without a routing, because a unit has one shared room at a venue whoever sits there) and for bounds (all).
enum class Join { nobody, plain, all };

// What a plan is made for beyond the exam: venues whose wheelchair users are decided exactly (by venue), and people who
// belong to the rests of their units (by applicant, see rests.h). Both may be empty.
struct Reading {
  std::vector<bool> fenced;
  std::vector<char> rests;
  std::vector<bool> closed;  // venues that nobody is sent to (by venue; may be empty)
  // For bounds and proofs only: whatever rooms policy may set aside. Others may use the largest exam rooms of a venue,
  // as many as they may at most; reserve people the largest ones, too; a venue with an accessible exam room has nothing
  // else. So some rooms stand in two sites.
  bool any_choice = false;
  Join join = Join::nobody;
  bool seat_by_seat = false;  // for a bound only: every seat is a room, as if units might share all of them
};

// Whether the choice of the rooms that policy sets aside could make a plan better than the problem allows.
bool has_choice(const Exam& exam);

// Builds the problem. Groups of the venues marked in `fenced` (by venue; may be empty) are split into accessible rooms
// and others, so that wheelchair users are exact there. Throws InvalidInput (weights_too_large) when a total could
// leave 64 bits.
Problem make_problem(const Exam& exam, const Reading& reading, int threads);

// The same with the travel already computed.
Problem make_problem(const Exam& exam, const Reading& reading, Travel travel);

}  // namespace hanjari::allocation
