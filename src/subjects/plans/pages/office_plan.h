// One plan: how far it is, what it would change, and the next step.
#pragma once

#include <string>

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response show_plan(const Call& call);
Response step_shown_plan(const Call& call);
Response publish_shown_plan(const Call& call);
Response compare_plan_by_api(const Call& call);
Response step_plan_by_api(const Call& call);
Response publish_plan_by_api(const Call& call);
Response list_live_changes(const Call& call);

// "kim", or "kim, at the command line of root@host" for a step that a command took for that officer.
std::string shown_author(const Call& call, const std::string& author, const std::string& shell);

}  // namespace hanjari::web
