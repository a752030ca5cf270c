// The plans of an exam, and orders for new ones.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response show_plans(const Call& call);
Response order_shown_replan(const Call& call);
Response order_replan_by_api(const Call& call);
Response order_shown_plan(const Call& call);
Response list_stored_plans(const Call& call);
Response order_plan_by_api(const Call& call);

}  // namespace hanjari::web
