// What differs between a published plan and the one that takes its place (contract: replan, changes.csv).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/domain/exam.h"

namespace hanjari {

// The highest change that applies to a person.
enum class ChangeKind { venue, room, seat, added, removed };

std::string_view spell(ChangeKind);

// One person's change. Places are VENUE/ROOM/SEAT_NO; `from` is empty for somebody added, `to` for somebody removed.
struct Change {
  ApplicantId applicant;
  ChangeKind kind = ChangeKind::seat;
  std::string from;
  std::string to;
  bool operator==(const Change&) const = default;
};

// How many people change, and how few could at best. A floor is a proven lower bound of the figure it is named after;
// where both are equal the figure is proven to be the least.
struct ChangeFigures {
  std::int64_t weighted = 0;  // sum of change_weights
  std::int64_t venue = 0;
  std::int64_t room = 0;
  std::int64_t seat = 0;
  std::int64_t added = 0;
  std::int64_t removed = 0;
  std::int64_t floor_weighted = 0;
  std::int64_t floor_venue = 0;
  std::int64_t floor_room = 0;       // of any plan with no more venue changes than this one
  std::int64_t floor_left_room = 0;  // of venue + room: people who cannot stay in their rooms
  // Where the policy has moved_farther_m: people moved to another venue who travel more than so much farther.
  std::optional<Metres> farther_cap_m = std::nullopt;
  std::int64_t farther = 0;
  std::int64_t floor_farther = 0;  // of any plan whose weighted sum is no larger than this one's
  bool operator==(const ChangeFigures&) const = default;
};

}  // namespace hanjari
