// The routes of exams and plans.
#pragma once

#include <vector>

#include "hanjari/site/routes.h"

namespace hanjari::web {

void add_plan_routes(std::vector<Route>& routes);

}  // namespace hanjari::web
