// People in rooms, before seats: what the allocation engine decides and the seating turns into placements.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "hanjari/domain/plan.h"

namespace hanjari {

struct Assignment {
  std::vector<RoomIndex> room_of;  // by applicant; none() when unseated
  std::vector<Unseated> unseated;  // everybody whose room is none(), by applicant
  PlanStatus status = PlanStatus::gave_up;
  std::optional<Bound> bound;
  std::optional<std::int64_t> over_detour_bound;
  std::int64_t rounds = 0;
  std::vector<Text> conflicts;
  std::vector<RoomPrice> room_prices;  // the dearest first
};

}  // namespace hanjari
