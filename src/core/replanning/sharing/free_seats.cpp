#include "replanning/sharing/free_seats.h"

#include <algorithm>

namespace hanjari::replanning {
namespace {

class SharedSeats {
 public:
  SharedSeats(const ChangeProblem& problem, const VenueCosts& costs, std::vector<RoomIndex>& room_of)
      : problem_(problem),
        exam_(*problem.exam),
        costs_(costs),
        room_of_(room_of),
        people_in_(exam_.rooms.size()) {
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
        RoomIndex room;
        if (problem_.may_keep_venue[person] != 0) room = find_room(person, problem_.old_venue[person]);
        if (!room.exists()) room = find_room(person, VenueIndex::none());
        if (room.exists()) {
          sit(person, room);
        } else {
          change_places(person);
        }
      }
    }
  }

 private:
  // Rooms that are looked at before nobody is moved any more: where many are left out, no seat is to be had.
  static constexpr std::uint64_t most_looked_at = 20'000'000;

  void sit(std::uint32_t person, RoomIndex room) {
    room_of_[person] = room;
    people_in_[room.value].push_back(person);
  }

  void leave(std::uint32_t person) {
    std::erase(people_in_[room_of_[person].value], person);
    room_of_[person] = RoomIndex::none();
  }

  // Somebody of another unit leaves the room that the own unit shares with it, for a seat that is of no use to the
  // person: at the same venue, or at another one if there is none.
  void change_places(std::uint32_t person) {
    for (const bool same_venue : {true, false}) {
      for (std::uint32_t i = 0; i < people_in_.size(); ++i) {
        if (looked_at_ > most_looked_at) return;
        const RoomIndex room(i);
        if (!has_unit(room, exam_.applicants[person].unit)) continue;
        if (costs_(person, exam_[room].venue) == VenueCosts::impossible) continue;
        for (const std::uint32_t other : std::vector<std::uint32_t>(people_in_[i])) {
          const Applicant& there = exam_.applicants[other];
          if (there.unit == exam_.applicants[person].unit || problem_.pinned[other] != 0 || there.accommodation.any())
            continue;
          leave(other);
          const bool joins = may_join(person, room);
          if (joins) sit(person, room);
          const RoomIndex found = joins ? find_room(other, same_venue ? exam_[room].venue : VenueIndex::none(), room)
                                        : RoomIndex::none();
          sit(other, found.exists() ? found : room);
          if (found.exists()) return;
          if (joins) leave(person);
        }
      }
    }
  }

  // The cheapest room of the venue, or of any where none is given; never `but`.
  RoomIndex find_room(std::uint32_t person, VenueIndex venue, RoomIndex but = RoomIndex::none()) {
    RoomIndex best;
    std::int64_t best_cost = VenueCosts::impossible;
    for (const RoomPool& pool : problem_.pools) {
      if (!problem_.admits(pool, person) || (venue.exists() && pool.venue != venue)) continue;
      const std::int64_t cost = costs_(person, pool.venue);
      if (cost >= best_cost) continue;
      looked_at_ += pool.rooms.size();
      const auto room = std::find_if(pool.rooms.begin(), pool.rooms.end(),
                                     [&](RoomIndex one) { return one != but && may_join(person, one); });
      if (room == pool.rooms.end()) continue;
      best = *room;
      best_cost = cost;
    }
    return best;
  }

  bool has_unit(RoomIndex room, UnitIndex unit) const {
    const auto& people = people_in_[room.value];
    return std::any_of(people.begin(), people.end(),
                       [&](std::uint32_t person) { return exam_.applicants[person].unit == unit; });
  }

  bool is_shared(RoomIndex room) const {
    const auto& people = people_in_[room.value];
    return std::any_of(people.begin(), people.end(), [&](std::uint32_t person) {
      return exam_.applicants[person].unit != exam_.applicants[people.front()].unit;
    });
  }

  bool shares_elsewhere(UnitIndex unit, RoomIndex room) const {
    const Venue& venue = exam_[exam_[room].venue];
    for (std::uint32_t i = 0; i < venue.room_count; ++i) {
      const RoomIndex other(std::size_t{venue.first_room} + i);
      if (other == room || !has_unit(other, unit) || !is_shared(other)) continue;
      if (!exam_.applicants[people_in_[other.value].front()].accommodation.may_mix()) return true;
    }
    return false;
  }

  // A room in which somebody sits who may share with the person, and every unit has no other shared room there.
  bool may_join(std::uint32_t person, RoomIndex room) const {
    const auto& people = people_in_[room.value];
    if (people.empty() || static_cast<Count>(people.size()) >= problem_.capacity[room.value]) return false;
    const Applicant& own = exam_.applicants[person];
    const Applicant& there = exam_.applicants[people.front()];
    if (there.accommodation.may_mix() || there.routing != own.routing) return false;
    if (exam_[there.unit].duration_min != exam_[own.unit].duration_min) return false;
    if (own.accommodation.wheelchair && !exam_[room].accessible) return false;
    if (has_unit(room, own.unit)) return true;
    if (shares_elsewhere(own.unit, room)) return false;
    return is_shared(room) || !shares_elsewhere(there.unit, room);
  }

  const ChangeProblem& problem_;
  const Exam& exam_;
  const VenueCosts& costs_;
  std::vector<RoomIndex>& room_of_;
  std::vector<std::vector<std::uint32_t>> people_in_;  // by room
  std::uint64_t looked_at_ = 0;                        // rooms
};

}  // namespace

void take_shared_seats(const ChangeProblem& problem, const VenueCosts& costs, std::vector<RoomIndex>& room_of) {
  if (problem.exam->policy.mixing == Mixing::leftover) SharedSeats(problem, costs, room_of).run();
}

}  // namespace hanjari::replanning
