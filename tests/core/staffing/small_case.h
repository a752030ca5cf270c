// Small staffing cases drawn at random, and the best of all assignments found by trying every one.
#pragma once

#include <cstdint>
#include <optional>
#include <ostream>
#include <vector>

#include "hanjari/domain/duties.h"
#include "hanjari/domain/plan.h"

namespace hanjari::staffing {

struct SmallCase {
  Exam exam;
  Plan plan;
  Staff staff;
  std::vector<DutyRow> old;
  bool keeps = false;
};

// The case of a number; the same for every compiler.
SmallCase draw_case(std::uint64_t number, bool keeps);

// Equal places: those of one role in one room, or in one venue.
struct Place {
  VenueIndex venue;
  std::int64_t room_no = 0;  // 0: the venue
  DutyRole role = DutyRole::chief;
  std::int64_t wanted = 0;
};

// The places of the contract, counted from the plan.
std::vector<Place> places_of(const SmallCase& small);

// Whether one person alone may be there.
bool may_be(const SmallCase& small, std::size_t person, const Place& place);

// What an assignment is worth, in the contract's order.
struct Worth {
  std::int64_t room_unfilled = 0;
  std::int64_t unfilled = 0;
  std::int64_t changed = 0;
  std::vector<std::int64_t> load;  // past duties of those used, the largest first
  std::int64_t pairs = 0;
  Metres travel = 0;
  auto operator<=>(const Worth&) const = default;
};

void PrintTo(const Worth& worth, std::ostream* out);

// The least worth of all assignments that keep the rules.
Worth best_by_trying(const SmallCase& small);

// The worth of duties, nothing when they break a rule.
std::optional<Worth> worth_of(const SmallCase& small, const std::vector<DutyRow>& duties);

// What the report says of the same.
Worth worth_in(const DutyReport& report);

}  // namespace hanjari::staffing
