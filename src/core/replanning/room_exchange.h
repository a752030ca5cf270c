// A few rooms divided anew among the classes that could use them, by trying every division: what the flow of rooms
// (room_choice.h) cannot see, because it counts rooms and not who fits into which (wheelchairs, rooms of unequal size).
#pragma once

#include <compare>
#include <cstdint>
#include <vector>

#include "hanjari/seating/reseat.h"
#include "replanning/people_moves.h"
#include "replanning/room_table.h"

namespace hanjari::replanning {

// What it comes to for one class that it has the rooms it has; less is better, the first difference decides.
struct ClassOutcome {
  Count unseated = 0;
  Count weighted = 0;  // change weights of those who leave their rooms
  std::int64_t travel = 0;
  friend auto operator<=>(const ClassOutcome&, const ClassOutcome&) = default;
  ClassOutcome& operator+=(const ClassOutcome& other);
};

class RoomExchange {
 public:
  // `room_of` and `table` are changed together.
  RoomExchange(const ChangeProblem& problem, const VenueCosts& costs, seating::Reseating& seats, RoomTable& table,
               std::vector<RoomIndex>& room_of)
      : problem_(problem), costs_(costs), seats_(seats), table_(table), room_of_(room_of) {}

  // So many rooms can be divided at once.
  static constexpr std::size_t most_rooms = 10;
  // Every way for all rooms of small exams; for larger ones around the people who move although they alone need not,
  // until that would mean trying rooms for more than `most_people`. True when anything became better.
  bool improve(std::int64_t most_people);

 private:
  bool divide(std::vector<RoomIndex> rooms, const std::vector<std::uint32_t>& classes);
  bool divide_around(std::uint32_t people_class, VenueIndex venue);
  std::uint32_t pool_for(RoomIndex room) const;
  bool is_open(RoomIndex room) const;
  ClassOutcome try_rooms(std::uint32_t people_class, const std::vector<RoomIndex>& rooms,
                         std::vector<RoomIndex>& room_of);
  ClassOutcome outcome_of(std::uint32_t people_class, const std::vector<RoomIndex>& room_of) const;

  const ChangeProblem& problem_;
  const VenueCosts& costs_;
  seating::Reseating& seats_;
  RoomTable& table_;
  std::vector<RoomIndex>& room_of_;
  std::int64_t people_left_ = 0;
};

}  // namespace hanjari::replanning
