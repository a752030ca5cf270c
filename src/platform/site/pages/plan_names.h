// What people call a stored plan: by a number that they can say to each other, where programs have its digest.
#pragma once

#include <string>
#include <vector>

#include "hanjari/plans/exams.h"
#include "hanjari/site/routes.h"

namespace hanjari::web {

// "Plan 3": the third that was stored of its exam. `plans`: as list_plans gives them; the beginning of the digest where the
// plan is not among them.
std::string name_of_plan(const Call& call, const std::vector<services::StoredPlan>& plans, const std::string& digest,
                         const std::string& input_sha256);

}  // namespace hanjari::web
