#include "replanning/separate_rooms.h"

#include <algorithm>
#include <compare>
#include <cstddef>
#include <map>

namespace hanjari::replanning {
namespace {

// Seats of rooms that lie in the same pools, and so at the same venue, are for the same people.
struct SeatKind {
  std::vector<std::uint32_t> pools;
  bool accessible = false;
  auto operator<=>(const SeatKind&) const = default;
};

SeatKind seat_kind_of(const ChangeProblem& problem, RoomIndex room) {
  const VenueIndex venue = (*problem.exam)[room].venue;
  SeatKind kind{{}, (*problem.exam)[room].accessible};
  for (std::uint32_t i = problem.first_pool[venue.value]; i < problem.first_pool[venue.value + 1]; ++i) {
    const auto& rooms = problem.pools[i].rooms;
    if (std::binary_search(rooms.begin(), rooms.end(), room)) kind.pools.push_back(i);
  }
  return kind;
}

bool may_take_seat(const ChangeProblem& problem, const VenueCosts& costs, std::uint32_t person, const SeatKind& kind) {
  if (kind.pools.empty()) return false;
  if (problem.exam->applicants[person].accommodation.wheelchair && !kind.accessible) return false;
  if (costs(person, problem.pools[kind.pools.front()].venue) >= VenueCosts::impossible) return false;
  return std::any_of(kind.pools.begin(), kind.pools.end(),
                     [&](std::uint32_t pool) { return problem.admits(problem.pools[pool], person); });
}

}  // namespace

// Who may not take a seat of a kind never may, so that each of those who wait is looked at once for each kind of seat (some at every
// venue), and not once for each seat: with W who wait, A people with a need and K kinds, K * W + A looks instead of A * W.
void make_room_among_others(const ChangeProblem& problem, const VenueCosts& costs,
                            const std::function<bool(std::uint32_t)>& place, std::vector<RoomIndex>& room_of) {
  const Exam& exam = *problem.exam;
  std::vector<std::vector<std::uint32_t>> all_waiting(problem.classes.list.size());
  for (std::uint32_t person = 0; person < room_of.size(); ++person) {
    if (!room_of[person].exists() && problem.pinned[person] == 0) all_waiting[problem.classes.of[person]].push_back(person);
  }
  for (std::size_t number = 0; number < all_waiting.size(); ++number) {
    const std::vector<std::uint32_t>& waiting = all_waiting[number];
    std::map<SeatKind, std::size_t> looked_at;  // before it nobody waits who may take such a seat
    std::size_t left = waiting.size();
    for (const std::uint32_t other : problem.classes.list[number].people) {
      if (left == 0) break;
      const RoomIndex seat = room_of[other];
      if (!seat.exists() || problem.pinned[other] != 0 || problem.shared_before[seat.value] != 0) continue;
      if (!exam.applicants[other].accommodation.any()) continue;
      const SeatKind kind = seat_kind_of(problem, seat);
      std::size_t& next = looked_at[kind];
      const auto passes = [&](std::uint32_t person) {
        return room_of[person].exists() || !may_take_seat(problem, costs, person, kind);
      };
      while (next < waiting.size() && passes(waiting[next])) ++next;
      if (next == waiting.size()) continue;
      room_of[other] = RoomIndex::none();
      if (place(other)) {
        room_of[waiting[next]] = seat;
        --left;
      } else {
        room_of[other] = seat;
      }
    }
  }
}

}  // namespace hanjari::replanning
