// Who of a venue's people goes to which of its rooms, so that nobody meets whom they may not meet and the fewest meet
// whom they met last time: exact, by search over the people who have anything to do with one another.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "staffing/problem.h"

namespace hanjari::staffing {

// Somebody who works in a room of the venue.
struct RoomPerson {
  std::uint32_t person = 0;
  std::uint32_t hub = 0;
  std::uint32_t post = 0;  // where the flow has them: tried first
  bool stays = false;      // only there
  // Whether the question is the same: the post counts only for people who stay.
  bool is_as(const RoomPerson& other) const {
    return person == other.person && hub == other.hub && stays == other.stays && (!stays || post == other.post);
  }
};

struct Rooming {
  bool possible = false;               // a rooming was found with no more pairs than allowed
  bool proven = true;                  // that it has the fewest pairs, or that none has so few
  std::int64_t pairs = 0;              // past pairs in one room
  std::vector<std::uint32_t> post_of;  // in the order of the people asked about
};

class RoomingSolver {
 public:
  explicit RoomingSolver(const Problem& problem) : problem_(problem) {}
  // Fewest pairs, at most `most_pairs`, for people of one venue. `steps` bounds the search for each number of pairs.
  Rooming solve(std::span<const RoomPerson> people, std::int64_t most_pairs, std::int64_t steps);
  // Whether two people may never meet in one room.
  bool may_not_meet(std::uint32_t a, std::uint32_t b) const;
  std::int64_t work() const { return work_; }

 private:
  const Problem& problem_;
  std::int64_t work_ = 0;
};

}  // namespace hanjari::staffing
