#include "allocation/leftover/rests.h"

#include <algorithm>
#include <map>

namespace hanjari::allocation {
namespace {

class Gathering {
 public:
  Gathering(const Problem& problem, std::vector<RoomIndex>& room_of)
      : problem_(problem), room_of_(room_of), free_(problem.exam->rooms.size(), 0), holder_(free_.size(), nobody) {
    group_of_.assign(free_.size(), 0);
    for (std::uint32_t group = 0; group < problem.groups.size(); ++group) {
      for (const RoomIndex room : problem.groups[group].rooms) {
        free_[room.value] = problem.groups[group].capacity;
        group_of_[room.value] = group + 1;
      }
    }
    for (std::uint32_t person = 0; person < room_of_.size(); ++person) {
      if (room_of_[person].exists()) sit(person, room_of_[person]);
    }
  }

  void run() {
    // By venue and class: the units of the rests there, the largest first.
    std::map<std::pair<VenueIndex, std::uint32_t>, std::map<UnitIndex, std::vector<std::uint32_t>>> rests;
    for (std::uint32_t person = 0; person < room_of_.size(); ++person) {
      const std::uint32_t own = problem_.class_of[person];
      if (!problem_.classes[own].rests || !room_of_[person].exists()) continue;
      rests[{(*problem_.exam)[room_of_[person]].venue, own}][problem_.exam->applicants[person].unit].push_back(person);
    }
    std::vector<std::uint32_t> waiting;
    for (auto& [where, units] : rests) pack(where.first, where.second, units, waiting);
    for (const std::uint32_t person : waiting) place(person);
  }

 private:
  static constexpr std::uint32_t nobody = UINT32_MAX;

  void sit(std::uint32_t person, RoomIndex room) {
    room_of_[person] = room;
    --free_[room.value];
    holder_[room.value] = problem_.class_of[person];
  }

  bool for_class(RoomIndex room, std::uint32_t people_class) const {
    if (group_of_[room.value] == 0) return false;
    const Pool& pool = problem_.sites[problem_.groups[group_of_[room.value] - 1].site].pool;
    return pool.routing == problem_.classes[people_class].routing && !pool.assisted;
  }

  void pack(VenueIndex venue, std::uint32_t people_class, const std::map<UnitIndex, std::vector<std::uint32_t>>& units,
            std::vector<std::uint32_t>& waiting) {
    const Venue& at = (*problem_.exam)[venue];
    std::vector<RoomIndex> rooms;
    std::vector<RoomIndex> spare;
    for (std::uint32_t i = 0; i < at.room_count; ++i) {
      const RoomIndex room(std::size_t{at.first_room} + i);
      if (holder_[room.value] == people_class) {
        rooms.push_back(room);
      } else if (holder_[room.value] == nobody && for_class(room, people_class)) {
        spare.push_back(room);
      }
    }
    std::vector<const std::vector<std::uint32_t>*> order;
    for (const auto& [unit, people] : units) {
      for (const std::uint32_t person : people) {
        ++free_[room_of_[person].value];
        room_of_[person] = RoomIndex::none();
      }
      order.push_back(&people);
    }
    for (const RoomIndex room : rooms) holder_[room.value] = nobody;
    rooms.insert(rooms.end(), spare.begin(), spare.end());
    std::stable_sort(order.begin(), order.end(), [](const auto* a, const auto* b) { return a->size() > b->size(); });
    for (const auto* people : order) {
      const auto room = std::find_if(rooms.begin(), rooms.end(), [&](RoomIndex candidate) {
        return free_[candidate.value] >= static_cast<int>(people->size());
      });
      if (room == rooms.end()) {
        waiting.insert(waiting.end(), people->begin(), people->end());
      } else {
        for (const std::uint32_t person : *people) sit(person, *room);
      }
    }
  }

  // A seat among people of the own unit, or among rests where the unit has no other room of rests; the cheapest.
  void place(std::uint32_t person) {
    const Exam& exam = *problem_.exam;
    const std::uint32_t own = problem_.class_of[person];
    const UnitIndex unit = exam.applicants[person].unit;
    std::map<VenueIndex, RoomIndex> shared_at;
    for (std::uint32_t other = 0; other < room_of_.size(); ++other) {
      if (problem_.class_of[other] == own && exam.applicants[other].unit == unit && room_of_[other].exists())
        shared_at.emplace(exam[room_of_[other]].venue, room_of_[other]);
    }
    Cost best_cost = impossible;
    RoomIndex best;
    for (std::uint32_t i = 0; i < free_.size(); ++i) {
      const RoomIndex room(i);
      if (free_[i] <= 0 || !for_class(room, own)) continue;
      const std::uint32_t holder = holder_[i];
      const VenueIndex venue = exam[room].venue;
      const auto shared = shared_at.find(venue);
      const bool with_rests =
          (holder == own || holder == nobody) && (shared == shared_at.end() || shared->second == room);
      const bool with_unit = holder != nobody && holder != own && is_class_of(holder, own, unit);
      if (!with_rests && !with_unit) continue;
      if (!problem_.travel.has_way(person, venue.value)) continue;
      const Cost cost = problem_.cost(person, venue);
      if (cost < best_cost) {
        best_cost = cost;
        best = room;
      }
    }
    if (best.exists()) sit_with(person, best);
  }

  // Whoever joins the unit's own room does not make it a room of rests.
  void sit_with(std::uint32_t person, RoomIndex room) {
    const std::uint32_t holder = holder_[room.value];
    sit(person, room);
    if (holder != nobody) holder_[room.value] = holder;
  }

  bool is_class_of(std::uint32_t people_class, std::uint32_t rests, UnitIndex unit) const {
    const PeopleClass& people = problem_.classes[people_class];
    const PeopleClass& like = problem_.classes[rests];
    return !people.rests && people.units.size() == 1 && people.units.front() == unit &&
           people.routing == like.routing && people.multiplier == like.multiplier && people.apart == like.apart;
  }

  const Problem& problem_;
  std::vector<RoomIndex>& room_of_;
  std::vector<int> free_;                // seats by room
  std::vector<std::uint32_t> holder_;    // class by room
  std::vector<std::uint32_t> group_of_;  // by room, and one; 0 where nobody may sit
};

}  // namespace

std::vector<char> choose_rests(const Problem& problem, const std::vector<std::uint32_t>& site_of) {
  std::vector<char> rests(problem.people(), 0);
  for (const PeopleClass& people : problem.classes) {
    if (people.apart || people.multiplier != TimeMultiplier::x1_0) continue;  // they mix whatever the policy says
    if (people.routing != Routing::none) continue;  // a unit has one shared room a venue, whoever sits there
    const auto room = static_cast<std::size_t>(usual_capacity(problem, people.routing));
    std::map<std::uint32_t, std::vector<std::uint32_t>> by_site;
    for (const std::uint32_t person : people.people) {
      if (!problem.exam->applicants[person].accommodation.any()) by_site[site_of[person]].push_back(person);
    }
    std::vector<std::pair<std::size_t, std::uint32_t>> lonely;  // people beyond full rooms, site
    for (const auto& [site, there] : by_site) {
      if (there.size() % room != 0) lonely.emplace_back(there.size() % room, site);
    }
    std::sort(lonely.begin(), lonely.end());
    std::size_t wanted = people.people.size() % room;
    for (const auto& [count, site] : lonely) {
      const auto& there = by_site[site];
      for (std::size_t i = 0; i < count && wanted > 0; ++i, --wanted) rests[there[i]] = 1;
    }
  }
  return rests;
}

void gather_rests(const Problem& problem, std::vector<RoomIndex>& room_of) {
  Gathering(problem, room_of).run();
}

}  // namespace hanjari::allocation
