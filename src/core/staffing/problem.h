// Places and people as the search sees them: positions instead of codes, everything that bars one person from one place
// or two people from one room worked out.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hanjari/domain/duties.h"
#include "hanjari/domain/plan.h"

namespace hanjari::staffing {

// Costs of all levels on one scale: 128 bits, because every level must outweigh the whole sum of the levels after it.
__extension__ typedef __int128 Cost;

constexpr std::uint32_t nobody = UINT32_MAX;
constexpr std::uint32_t nowhere = UINT32_MAX;

// Equal places: those of one role in one room, or in one venue.
struct Post {
  VenueIndex venue;
  RoomIndex room;  // none: the venue
  DutyRole role = DutyRole::chief;
  std::uint32_t need = 0;
  std::uint32_t hub = 0;
};

// All posts of a role in a venue, which travel and most conflicts do not tell apart. Its posts are consecutive.
struct Hub {
  VenueIndex venue;
  DutyRole role = DutyRole::chief;
  std::uint32_t first_post = 0;
  std::uint32_t post_count = 0;
  std::uint32_t site = 0;  // position among the venues that are staffed
};

// A usable person: consents and has a role.
struct Candidate {
  InvigilatorIndex invigilator;
  std::uint32_t rank = 0;             // of the past duties among all different numbers, from 0
  std::uint32_t organisation = 0;     // equal numbers, equal organisations; 0: none
  bool had_duty = false;              // stands in the old duties
  std::uint32_t old_post = nowhere;   // where, if that place is still there and still allowed
  std::vector<std::uint32_t> sites;   // barred from, sorted
  std::vector<RoomIndex> rooms;       // barred from, sorted
  std::vector<std::uint32_t> never;   // people who may not share a room (or, by the rules, a venue), sorted
  std::vector<std::uint32_t> before;  // people who shared a room last time, sorted
};

struct Scale {
  Cost metre = 1;
  Cost rank = 0;
  Cost changed = 0;
  Cost other_place = 0;  // a place of a venue that stays unfilled
  Cost room_place = 0;
};

struct Problem {
  const Exam* exam = nullptr;
  const Staff* staff = nullptr;
  std::vector<VenueIndex> sites;  // venues with a staffed room
  std::vector<Hub> hubs;          // by site, then role
  std::vector<Post> posts;
  std::vector<Candidate> people;
  std::vector<Metres> travel;                // by person, then site
  std::vector<std::int64_t> duties_of_rank;  // past duties by rank
  bool keeps = false;                        // there are old duties to keep to
  bool never_reaches_venue = false;
  Scale scale;

  Metres metres(std::uint32_t person, std::uint32_t site) const { return travel[person * sites.size() + site]; }
  bool in_room(const Post& post) const { return post.room.exists(); }
  // Whether nothing about this person alone bars the place: role, venue, room.
  bool may_fill(std::uint32_t person, std::uint32_t post) const;
  // Whether the person may fill every post of the hub.
  bool may_fill_all(std::uint32_t person, const Hub& hub) const;
  bool has_role(std::uint32_t person, DutyRole role) const {
    return (*staff)[people[person].invigilator].roles.has(role);
  }
};

// The places and who may take them, without travel, costs and old duties: for whoever does not search.
Problem make_places(const Exam& exam, const Plan& plan, const Staff& staff);
// `old` may be null. Throws InvalidInput (too_many_invigilators) when sums could leave the scale.
Problem make_problem(const Exam& exam, const Plan& plan, const Staff& staff, const std::vector<DutyRow>* old);

}  // namespace hanjari::staffing
