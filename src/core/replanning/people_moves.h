// Who of a class leaves an overfull room, and where everybody without a place goes: the cheapest moves over the rooms
// that the class has been given (README.md, People).
#pragma once

#include <vector>

#include "hanjari/seating/reseat.h"
#include "replanning/change_problem.h"

namespace hanjari::replanning {

// What a venue costs a person by the objective: weighted travel, and forbidding fees beyond the detour cap and, above
// that, beyond the policy's moved_farther_m.
class VenueCosts {
 public:
  VenueCosts(const ChangeProblem& problem, const TravelTable& travel);
  // Nothing below zero; `impossible` when the venue cannot be reached.
  std::int64_t operator()(std::uint32_t person, VenueIndex venue) const;
  static constexpr std::int64_t impossible = INT64_MAX / 4;
  // No cost is larger.
  std::int64_t most() const { return most_; }

 private:
  const ChangeProblem& problem_;
  const TravelTable& travel_;
  std::int64_t weight_ = 1;
  std::int64_t fee_ = 0;
  std::int64_t farther_fee_ = 0;
  std::int64_t most_ = 0;
};

struct GivenRoom {
  RoomIndex room;
  bool assisted = false;  // only people with an accommodation
};

// Sets the room of everybody of the class; people for whom there is none keep none(). `rooms` by RoomIndex.
void move_people(const ChangeProblem& problem, const PeopleClass& people, const std::vector<GivenRoom>& rooms,
                 const VenueCosts& costs, seating::Reseating& seats, std::vector<RoomIndex>& room_of);

}  // namespace hanjari::replanning
