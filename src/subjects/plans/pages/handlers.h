// The functions behind the pages and the API of exams and plans.
#pragma once

#include <string>
#include <vector>

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response list_exams(const Call& call);
Response show_plans(const Call& call);
Response order_shown_replan(const Call& call);
Response order_replan_by_api(const Call& call);
Response order_shown_plan(const Call& call);
Response list_stored_plans(const Call& call);
Response order_plan_by_api(const Call& call);
// One plan: how far it is, what it would change, and the next step.
Response show_plan(const Call& call);
Response step_shown_plan(const Call& call);
Response publish_shown_plan(const Call& call);
Response compare_plan_by_api(const Call& call);
Response step_plan_by_api(const Call& call);
Response publish_plan_by_api(const Call& call);
Response list_live_changes(const Call& call);

// "kim", or "kim, at the command line of root@host" for a step that a command took for that officer.
std::string shown_author(const Call& call, const std::string& author, const std::string& shell);

// Their lines of the table.
void add_plan_routes(std::vector<Route>& routes);

}  // namespace hanjari::web
