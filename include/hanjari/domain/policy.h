// The officer's choices for one allocation (policy.json of an exam package). Every default is the contract's.
#pragma once

#include <cstdint>
#include <optional>

#include "hanjari/domain/geography.h"

namespace hanjari {

// Which units may share a room. never: one unit a room; same_series: equal series and grade; leftover: every unit
// shares at most one room per venue; free: any.
enum class Mixing { never, same_series, leftover, free };
enum class TravelSource { haversine, table };
enum class SeatOrder { column_down, column_serpentine, row_major, row_serpentine, random };
// desks: seat_no alone. used: papers and pages show a second number beside it, 1..n by the desks in use of the room.
enum class SeatNumbers { desks, used };
enum class SeatOrigin { front_left, front_right, back_left, back_right };

struct Weights {
  std::int64_t travel = 1;         // per metre
  std::int64_t room = 0;           // per room opened
  std::int64_t unit_at_venue = 0;  // per (unit, venue) pair
  std::int64_t venue = 0;          // per venue opened
  bool operator==(const Weights&) const = default;
};

struct ReserveRooms {
  int per_venue = 0;
  int per_district = 0;
  bool operator==(const ReserveRooms&) const = default;
};

struct ChangeWeights {
  std::int64_t venue = 400;
  std::int64_t room = 20;
  std::int64_t seat = 1;
  bool operator==(const ChangeWeights&) const = default;
};

struct Policy {
  int min_gap_cm = 0;             // between the centres of occupied desks
  std::optional<int> people_cap;  // per room
  Mixing mixing = Mixing::never;
  TravelSource travel = TravelSource::haversine;
  std::optional<Metres> detour_cap_m;
  Weights weights;
  SeatOrder seat_order = SeatOrder::column_down;
  SeatOrigin seat_origin = SeatOrigin::front_left;
  SeatNumbers seat_numbers = SeatNumbers::desks;
  int booklets = 2;  // 1, 2 or 4
  ReserveRooms reserve_rooms;
  int spare_booklets_per_room = 0;
  ChangeWeights change_weights;
  std::optional<Metres> moved_farther_m;  // re-planning: nobody moved should travel so much farther than before
  bool operator==(const Policy&) const = default;
};

}  // namespace hanjari
