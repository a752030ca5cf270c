#include "staffing/problem.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "hanjari/base/error.h"
#include "hanjari/base/typed_text.h"

namespace hanjari::staffing {
namespace {

// What the plan says of its rooms.
struct Occupied {
  std::vector<std::int64_t> people;              // by room
  std::vector<std::vector<RoomIndex>> rooms_of;  // by unit, sorted
  std::vector<RoomIndex> room_of;                // by applicant; none: without a seat
};

Occupied read_rooms(const Exam& exam, const Plan& plan) {
  Occupied occupied{std::vector<std::int64_t>(exam.rooms.size()),
                    std::vector<std::vector<RoomIndex>>(exam.units.size()),
                    std::vector<RoomIndex>(exam.applicants.size(), RoomIndex::none())};
  for (const Placement& placed : plan.placements) {
    ++occupied.people[placed.room.value];
    occupied.room_of[placed.applicant.value] = placed.room;
    occupied.rooms_of[exam[placed.applicant].unit.value].push_back(placed.room);
  }
  for (auto& rooms : occupied.rooms_of) {
    std::sort(rooms.begin(), rooms.end());
    rooms.erase(std::unique(rooms.begin(), rooms.end()), rooms.end());
  }
  return occupied;
}

std::int64_t wanted_in_room(const StaffingRules& rules, DutyRole role, std::int64_t people) {
  if (role == DutyRole::chief) return rules.chiefs_per_room;
  const bool one_more = rules.second_invigilator_above && people > *rules.second_invigilator_above;
  return rules.invigilators_per_room + (one_more ? 1 : 0);
}

std::int64_t wanted_in_venue(const StaffingRules& rules, DutyRole role, std::int64_t rooms, std::int64_t floors) {
  if (role == DutyRole::corridor) return floors * rules.corridor_per_floor;
  return std::max(rules.reserves_at_least, (rooms + rules.reserve_per_rooms - 1) / rules.reserve_per_rooms);
}

void add_posts(Problem& problem, const Occupied& occupied) {
  const Exam& exam = *problem.exam;
  const StaffingRules& rules = problem.staff->rules;
  for (std::size_t at = 0; at < exam.venues.size(); ++at) {
    const VenueIndex venue(at);
    std::vector<RoomIndex> rooms;
    std::set<std::pair<std::string, std::string>> floors;
    for (std::uint32_t i = 0; i < exam[venue].room_count; ++i) {
      const RoomIndex room(std::size_t{exam[venue].first_room} + i);
      if (occupied.people[room.value] == 0) continue;
      rooms.push_back(room);
      floors.emplace(exam[room].building, exam[room].floor);
    }
    if (rooms.empty()) continue;
    const auto site = static_cast<std::uint32_t>(problem.sites.size());
    problem.sites.push_back(venue);
    for (const DutyRole role : all_duty_roles) {
      const auto hub = static_cast<std::uint32_t>(problem.hubs.size());
      const auto first = static_cast<std::uint32_t>(problem.posts.size());
      const auto add = [&](RoomIndex room, std::int64_t need) {
        if (need > 0) problem.posts.push_back({venue, room, role, static_cast<std::uint32_t>(need), hub});
      };
      if (is_in_room(role)) {
        for (const RoomIndex room : rooms) add(room, wanted_in_room(rules, role, occupied.people[room.value]));
      } else {
        add(RoomIndex::none(), wanted_in_venue(rules, role, std::ssize(rooms), std::ssize(floors)));
      }
      const auto count = static_cast<std::uint32_t>(problem.posts.size()) - first;
      if (count > 0) problem.hubs.push_back({venue, role, first, count, site});
    }
  }
}

std::vector<std::uint32_t> add_people(Problem& problem) {
  const Staff& staff = *problem.staff;
  std::vector<std::uint32_t> candidate_of(staff.people.size(), nobody);
  std::map<std::string, std::uint32_t> organisations;
  std::set<std::int64_t> loads;
  for (std::size_t at = 0; at < staff.people.size(); ++at) {
    const Invigilator& person = staff.people[at];
    if (!person.consent || person.roles.empty()) continue;
    candidate_of[at] = static_cast<std::uint32_t>(problem.people.size());
    Candidate& candidate = problem.people.emplace_back();
    candidate.invigilator = InvigilatorIndex(at);
    loads.insert(person.past_duties);
    if (person.organisation.empty()) continue;
    candidate.organisation =
        organisations.emplace(person.organisation, static_cast<std::uint32_t>(organisations.size() + 1)).first->second;
  }
  problem.duties_of_rank.assign(loads.begin(), loads.end());
  for (Candidate& candidate : problem.people) {
    const auto& known = problem.duties_of_rank;
    const std::int64_t duties = staff[candidate.invigilator].past_duties;
    candidate.rank = static_cast<std::uint32_t>(std::lower_bound(known.begin(), known.end(), duties) - known.begin());
  }
  return candidate_of;
}

void add_travel(Problem& problem) {
  for (const Candidate& candidate : problem.people) {
    for (const VenueIndex site : problem.sites)
      problem.travel.push_back(haversine_m((*problem.staff)[candidate.invigilator].home, (*problem.exam)[site].at));
  }
}

template <class T>
void sort_once(std::vector<T>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

// How a school is called, however it was typed.
std::string name_of_school(const std::string& typed) {
  std::string name = clean_line(typed);
  std::erase(name, ' ');
  return name;
}

// Whoever is of a school that is a venue, by its name or code, is barred from it where the rules say so.
void bar_own_schools(Problem& problem) {
  const Staff& staff = *problem.staff;
  if (!staff.rules.own_school_excluded) return;
  std::multimap<std::string, std::uint32_t> sites;
  for (std::uint32_t site = 0; site < problem.sites.size(); ++site) {
    const Venue& venue = (*problem.exam)[problem.sites[site]];
    const std::string name = name_of_school(venue.name);
    const std::string code = name_of_school(venue.code.text());
    if (!name.empty()) sites.emplace(name, site);
    if (code != name) sites.emplace(code, site);
  }
  for (Candidate& candidate : problem.people) {
    const std::string& organisation = staff[candidate.invigilator].organisation;
    if (organisation.empty()) continue;
    const auto [first, last] = sites.equal_range(name_of_school(organisation));
    for (auto own = first; own != last; ++own) candidate.sites.push_back(own->second);
  }
}

void add_conflicts(Problem& problem, const Occupied& occupied, const std::vector<std::uint32_t>& candidate_of) {
  const Staff& staff = *problem.staff;
  std::vector<std::uint32_t> site_of(problem.exam->venues.size(), nowhere);
  for (std::uint32_t site = 0; site < problem.sites.size(); ++site) site_of[problem.sites[site].value] = site;
  bar_own_schools(problem);
  for (const DutyConflict& conflict : staff.conflicts) {
    const std::uint32_t person = candidate_of[conflict.invigilator.value];
    if (person == nobody) continue;
    Candidate& candidate = problem.people[person];
    switch (conflict.kind) {
      case DutyConflictKind::applicant: {
        const RoomIndex room = occupied.room_of[conflict.applicant.value];
        if (!room.exists()) break;
        candidate.rooms.push_back(room);
        if (staff.rules.applicant_reach == ConflictReach::venue)
          candidate.sites.push_back(site_of[(*problem.exam)[room].venue.value]);
        break;
      }
      case DutyConflictKind::invigilator: {
        const std::uint32_t other = candidate_of[conflict.other.value];
        if (other == nobody) break;
        candidate.never.push_back(other);
        problem.people[other].never.push_back(person);
        break;
      }
      case DutyConflictKind::venue:
        if (site_of[conflict.venue.value] != nowhere) candidate.sites.push_back(site_of[conflict.venue.value]);
        break;
      case DutyConflictKind::unit: {
        const auto& rooms = occupied.rooms_of[conflict.unit.value];
        candidate.rooms.insert(candidate.rooms.end(), rooms.begin(), rooms.end());
        break;
      }
    }
  }
  for (const PastPair& pair : staff.past_pairs) {
    const std::uint32_t first = candidate_of[pair.first.value];
    const std::uint32_t second = candidate_of[pair.second.value];
    if (first == nobody || second == nobody) continue;
    problem.people[first].before.push_back(second);
    problem.people[second].before.push_back(first);
  }
  for (Candidate& candidate : problem.people) {
    sort_once(candidate.sites);
    sort_once(candidate.rooms);
    sort_once(candidate.never);
    sort_once(candidate.before);
  }
}

// Old duties: where everybody was who is still usable, as far as the place is still there.
void add_old_duties(Problem& problem, const std::vector<std::uint32_t>& candidate_of, const std::vector<DutyRow>& old) {
  const Exam& exam = *problem.exam;
  problem.keeps = true;
  std::map<std::tuple<VenueIndex, RoomIndex, DutyRole>, std::uint32_t> post_at;
  for (std::uint32_t post = 0; post < problem.posts.size(); ++post) {
    const Post& known = problem.posts[post];
    post_at.emplace(std::tuple(known.venue, known.room, known.role), post);
  }
  for (const DutyRow& row : old) {
    const InvigilatorIndex invigilator = problem.staff->find(row.invigilator_id);
    if (!invigilator.exists() || candidate_of[invigilator.value] == nobody) continue;
    const std::uint32_t person = candidate_of[invigilator.value];
    Candidate& candidate = problem.people[person];
    candidate.had_duty = true;
    const VenueIndex venue = exam.find(row.venue_code);
    if (!venue.exists() || row.room_no > INT32_MAX) continue;
    const RoomIndex room = row.room_no > 0 ? exam.find(venue, static_cast<int>(row.room_no)) : RoomIndex::none();
    if (row.room_no > 0 && !room.exists()) continue;
    const auto found = post_at.find(std::tuple(venue, room, row.role));
    if (found != post_at.end() && problem.may_fill(person, found->second)) candidate.old_post = found->second;
  }
}

void set_scale(Problem& problem) {
  Cost room_places = 0;
  Cost other_places = 0;
  for (const Post& post : problem.posts) (problem.in_room(post) ? room_places : other_places) += post.need;
  const Cost people = static_cast<Cost>(problem.people.size()) + 1;
  const Cost farthest = problem.travel.empty() ? 0 : *std::max_element(problem.travel.begin(), problem.travel.end());
  const Cost ranks = static_cast<Cost>(problem.duties_of_rank.size()) + 1;
  Scale& scale = problem.scale;
  // A price is at most a sum along a path of all people: the largest number that comes up is far below this limit if
  // that of the highest level times all people is. Asked step by step, so that nothing overflows while it is asked.
  constexpr Cost limit = Cost{1} << 122;
  Cost next = 1;
  bool fits = true;
  const auto outweigh = [&](Cost& level, Cost sum) {
    fits = fits && next <= limit / (sum + 1);
    level = fits ? next * (sum + 1) : 1;
    next = level;
  };
  outweigh(scale.rank, people * farthest);
  outweigh(scale.changed, people * ranks);
  outweigh(scale.other_place, people);
  outweigh(scale.room_place, other_places);
  Cost sum = 0;
  outweigh(sum, 4 * (people + room_places));
  if (fits) return;
  throw InvalidInput(
      "too_many_invigilators",
      {"the people are too many, or have too many different numbers of past duties, for sums of 128 bits",
       "사람이 너무 많거나 과거 위촉 횟수의 종류가 너무 많아 128비트로 합산할 수 없습니다"});
}

// `candidate_of`: filled with the position among the usable people of everybody in the list.
Problem read_places(const Exam& exam, const Plan& plan, const Staff& staff, std::vector<std::uint32_t>& candidate_of) {
  Problem problem;
  problem.exam = &exam;
  problem.staff = &staff;
  problem.never_reaches_venue = staff.rules.invigilator_reach == ConflictReach::venue;
  const Occupied occupied = read_rooms(exam, plan);
  add_posts(problem, occupied);
  candidate_of = add_people(problem);
  add_conflicts(problem, occupied, candidate_of);
  return problem;
}

}  // namespace

bool Problem::may_fill(std::uint32_t person, std::uint32_t post) const {
  const Candidate& candidate = people[person];
  const Post& place = posts[post];
  return has_role(person, place.role) &&
         !std::binary_search(candidate.sites.begin(), candidate.sites.end(), hubs[place.hub].site) &&
         (!in_room(place) || !std::binary_search(candidate.rooms.begin(), candidate.rooms.end(), place.room));
}

bool Problem::may_fill_all(std::uint32_t person, const Hub& hub) const {
  const Candidate& candidate = people[person];
  if (!has_role(person, hub.role)) return false;
  if (std::binary_search(candidate.sites.begin(), candidate.sites.end(), hub.site)) return false;
  if (!is_in_room(hub.role)) return true;
  const Venue& venue = (*exam)[hub.venue];
  const auto first =
      std::lower_bound(candidate.rooms.begin(), candidate.rooms.end(), RoomIndex(std::size_t{venue.first_room}));
  for (auto room = first; room != candidate.rooms.end() && room->value < venue.first_room + venue.room_count; ++room) {
    for (std::uint32_t i = 0; i < hub.post_count; ++i) {
      if (posts[hub.first_post + i].room == *room) return false;
    }
  }
  return true;
}

Problem make_places(const Exam& exam, const Plan& plan, const Staff& staff) {
  std::vector<std::uint32_t> candidate_of;
  return read_places(exam, plan, staff, candidate_of);
}

Problem make_problem(const Exam& exam, const Plan& plan, const Staff& staff, const std::vector<DutyRow>* old) {
  std::vector<std::uint32_t> candidate_of;
  Problem problem = read_places(exam, plan, staff, candidate_of);
  add_travel(problem);
  if (old != nullptr) add_old_duties(problem, candidate_of, *old);
  set_scale(problem);
  return problem;
}

}  // namespace hanjari::staffing
