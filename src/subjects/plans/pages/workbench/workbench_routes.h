// The routes of the plan workbench.
#pragma once

#include <vector>

#include "hanjari/site/routes.h"

namespace hanjari::web {

void add_workbench_routes(std::vector<Route>& routes);

}  // namespace hanjari::web
