// The figures that a plan states about itself.
#pragma once

#include <cstdint>
#include <optional>

#include "hanjari/domain/plan.h"

namespace hanjari::seating {

// Fills in, from the exam and the plan's placements, unseated people and bound: seated, unseated, objective, detour_m,
// over_detour with over_detour_cap (people over the policy's detour cap; nobody when there is none) and gap (contract:
// Plan). Somebody without any reachable regular venue has no detour and is left out of the detour figures. Everything
// is counted in integers; a plan made by hand or by a change is counted in the same way.
void tally(const Exam& exam, Plan& plan);

// (total - bound) / base in millionths, rounded up; nothing when base is not above zero, unless total equals bound.
std::optional<std::int64_t> gap_in_millionths(std::int64_t total, std::int64_t bound, std::int64_t base);

}  // namespace hanjari::seating
