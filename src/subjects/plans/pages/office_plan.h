// One plan: how far it is, what it would change, and the next step.
#pragma once

#include <string>
#include <vector>

#include "hanjari/plans/exams.h"
#include "hanjari/site/routes.h"

namespace hanjari::web {

Response show_plan(const Call& call);
Response step_shown_plan(const Call& call);
Response publish_shown_plan(const Call& call);
Response compare_plan_by_api(const Call& call);
Response step_plan_by_api(const Call& call);
Response publish_plan_by_api(const Call& call);
Response list_live_changes(const Call& call);

// "Plan 3": the third that was stored of its exam, which people can say to each other. `plans`: as list_plans gives them;
// the beginning of the digest where the plan is not among them.
std::string name_of_plan(const Call& call, const std::vector<services::StoredPlan>& plans, const std::string& digest,
                         const std::string& input_sha256);

// "kim", or "kim, at the command line of root@host" for a step that a command took for that officer.
std::string shown_author(const Call& call, const std::string& author, const std::string& shell);

}  // namespace hanjari::web
