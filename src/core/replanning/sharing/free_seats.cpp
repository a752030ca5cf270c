#include "replanning/sharing/free_seats.h"

#include <algorithm>
#include <map>
#include <utility>

namespace hanjari::replanning {
namespace {

class SharedSeats {
 public:
  SharedSeats(const ChangeProblem& problem, const VenueCosts& costs, std::vector<RoomIndex>& room_of)
      : problem_(problem),
        exam_(*problem.exam),
        costs_(costs),
        room_of_(room_of),
        people_in_(exam_.rooms.size(), 0),
        first_in_(exam_.rooms.size(), none),
        units_in_(exam_.rooms.size()) {
    for (std::uint32_t person = 0; person < room_of.size(); ++person) {
      if (room_of[person].exists()) sit(person, room_of[person]);
    }
  }

  void run() {
    // Wheelchair users first: fewer of the free seats are for them.
    for (const bool wheelchair : {true, false}) {
      for (std::uint32_t person = 0; person < room_of_.size(); ++person) {
        const Accommodation& needs = exam_.applicants[person].accommodation;
        if (room_of_[person].exists() || problem_.pinned[person] != 0 || needs.may_mix()) continue;
        if (needs.wheelchair != wheelchair) continue;
        RoomIndex room = problem_.may_keep_venue[person] != 0 ? find_room(person, true) : RoomIndex::none();
        if (!room.exists()) room = find_room(person, false);
        if (room.exists()) sit(person, room);
      }
    }
  }

 private:
  void sit(std::uint32_t person, RoomIndex room) {
    room_of_[person] = room;
    ++people_in_[room.value];
    if (first_in_[room.value] == none) first_in_[room.value] = person;
    auto& units = units_in_[room.value];
    const UnitIndex unit = exam_.applicants[person].unit;
    if (std::find(units.begin(), units.end(), unit) != units.end()) return;
    units.push_back(unit);
    if (units.size() < 2 || exam_.applicants[person].accommodation.may_mix()) return;
    for (const UnitIndex one : units) shared_.emplace(std::pair(exam_[room].venue, one), room);
  }

  RoomIndex find_room(std::uint32_t person, bool at_home) const {
    RoomIndex best;
    std::int64_t best_cost = VenueCosts::impossible;
    for (const RoomPool& pool : problem_.pools) {
      if (!problem_.admits(pool, person) || (at_home && pool.venue != problem_.old_venue[person])) continue;
      const std::int64_t cost = costs_(person, pool.venue);
      if (cost >= best_cost) continue;
      const auto room = std::find_if(pool.rooms.begin(), pool.rooms.end(),
                                     [&](RoomIndex one) { return may_join(person, one); });
      if (room == pool.rooms.end()) continue;
      best = *room;
      best_cost = cost;
    }
    return best;
  }

  // A room in which somebody sits who may share with the person, and every unit has no other shared room there.
  bool may_join(std::uint32_t person, RoomIndex room) const {
    const std::uint32_t first = first_in_[room.value];
    if (first == none || people_in_[room.value] >= problem_.capacity[room.value]) return false;
    const Applicant& own = exam_.applicants[person];
    const Applicant& there = exam_.applicants[first];
    if (there.accommodation.may_mix() || there.routing != own.routing) return false;
    if (exam_[there.unit].duration_min != exam_[own.unit].duration_min) return false;
    if (own.accommodation.wheelchair && !exam_[room].accessible) return false;
    const auto& units = units_in_[room.value];
    if (std::find(units.begin(), units.end(), own.unit) != units.end()) return true;
    const auto shares_elsewhere = [&](UnitIndex unit) {
      const auto found = shared_.find({exam_[room].venue, unit});
      return found != shared_.end() && found->second != room;
    };
    return !shares_elsewhere(own.unit) && std::none_of(units.begin(), units.end(), shares_elsewhere);
  }

  const ChangeProblem& problem_;
  const Exam& exam_;
  const VenueCosts& costs_;
  std::vector<RoomIndex>& room_of_;
  std::vector<Count> people_in_;                                 // by room
  std::vector<std::uint32_t> first_in_;                          // by room: somebody who sits there
  std::vector<std::vector<UnitIndex>> units_in_;                 // by room
  std::map<std::pair<VenueIndex, UnitIndex>, RoomIndex> shared_;  // the shared room of a unit at a venue
};

}  // namespace

void take_shared_seats(const ChangeProblem& problem, const VenueCosts& costs, std::vector<RoomIndex>& room_of) {
  if (problem.exam->policy.mixing == Mixing::leftover) SharedSeats(problem, costs, room_of).run();
}

}  // namespace hanjari::replanning
