#include "replanning/separate_rooms.h"

#include <algorithm>

namespace hanjari::replanning {
namespace {

bool may_take_seat(const ChangeProblem& problem, const VenueCosts& costs, std::uint32_t person, RoomIndex seat) {
  const Exam& exam = *problem.exam;
  const VenueIndex venue = exam[seat].venue;
  if (exam.applicants[person].accommodation.wheelchair && !exam[seat].accessible) return false;
  if (costs(person, venue) >= VenueCosts::impossible) return false;
  for (std::uint32_t i = problem.first_pool[venue.value]; i < problem.first_pool[venue.value + 1]; ++i) {
    const RoomPool& pool = problem.pools[i];
    if (problem.admits(pool, person) && std::binary_search(pool.rooms.begin(), pool.rooms.end(), seat)) return true;
  }
  return false;
}

}  // namespace

void make_room_among_others(const ChangeProblem& problem, const VenueCosts& costs,
                            const std::function<bool(std::uint32_t)>& place, std::vector<RoomIndex>& room_of) {
  const Exam& exam = *problem.exam;
  std::vector<std::vector<std::uint32_t>> waiting(problem.classes.list.size());
  for (std::uint32_t person = 0; person < room_of.size(); ++person) {
    if (!room_of[person].exists() && problem.pinned[person] == 0) waiting[problem.classes.of[person]].push_back(person);
  }
  for (std::size_t number = 0; number < waiting.size(); ++number) {
    for (const std::uint32_t other : problem.classes.list[number].people) {
      if (waiting[number].empty()) break;
      const RoomIndex seat = room_of[other];
      if (!seat.exists() || problem.pinned[other] != 0 || problem.shared_before[seat.value] != 0) continue;
      if (!exam.applicants[other].accommodation.any()) continue;
      const auto next = std::find_if(waiting[number].begin(), waiting[number].end(), [&](std::uint32_t person) {
        return may_take_seat(problem, costs, person, seat);
      });
      if (next == waiting[number].end()) continue;
      room_of[other] = RoomIndex::none();
      if (place(other)) {
        room_of[*next] = seat;
        waiting[number].erase(next);
      } else {
        room_of[other] = seat;
      }
    }
  }
}

}  // namespace hanjari::replanning
