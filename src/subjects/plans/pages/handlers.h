// The functions behind the pages and the API of exams and plans.
#pragma once

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
// An exam package as a ZIP file.
Response show_imports(const Call& call);
Response order_shown_import(const Call& call);
Response order_import_by_api(const Call& call);
// One plan: how far it is, what it would change, and the next step.
Response show_plan(const Call& call);
Response step_shown_plan(const Call& call);
Response publish_shown_plan(const Call& call);
Response compare_plan_by_api(const Call& call);
Response step_plan_by_api(const Call& call);
Response publish_plan_by_api(const Call& call);
Response list_live_changes(const Call& call);

// Their lines of the table.
void add_plan_routes(std::vector<Route>& routes);

}  // namespace hanjari::web
