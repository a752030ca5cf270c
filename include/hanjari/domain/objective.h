// What a plan costs under its exam's policy.
#pragma once

#include "hanjari/domain/plan.h"

namespace hanjari {

// Every term of the objective and the weighted total with the opening costs, counted from the placements (contract: Plan).
Objective objective_of(const Exam& exam, const Plan& plan);

}  // namespace hanjari
