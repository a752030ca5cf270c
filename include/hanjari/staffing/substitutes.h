// What rules make of a plan before anybody is placed, and who could take a place that somebody has left.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "hanjari/domain/duties.h"
#include "hanjari/domain/duty_history.h"
#include "hanjari/domain/plan.h"

namespace hanjari::staffing {

// In the order of all_duty_roles.
using PlaceCounts = std::array<std::int64_t, all_duty_roles.size()>;

// The places that the rules make of the plan, by role.
PlaceCounts count_places(const Exam& exam, const Plan& plan, const StaffingRules& rules);

struct Substitute {
  InvigilatorId id;
  std::int64_t past_duties = 0;
  std::int64_t past_pairs = 0;  // with those who stay in the room
  Metres travel_m = 0;
  bool operator==(const Substitute&) const = default;
};

// unknown: for readers to whom rooms are not shown. What depends on a room is left out then, because a list that leaves
// somebody out for what is in a room tells which room it is.
enum class RoomRules { kept, unknown };

// For each group of places, all of one venue and role: everybody of the list who consents, stands nowhere and may take at
// least one of them, by the rules of the engine and in the order of its levels: fewest past duties, fewest past pairs, least
// travel; then by id. `duties`: of those who stay.
std::vector<std::vector<Substitute>> find_substitutes(const Exam& exam, const Plan& plan, const Staff& staff,
                                                      const std::vector<DutyRow>& duties,
                                                      const std::vector<std::vector<DutyPlace>>& groups, RoomRules room_rules);

}  // namespace hanjari::staffing
