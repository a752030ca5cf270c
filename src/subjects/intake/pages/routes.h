// The routes of notices, forms and applications.
#pragma once

#include <vector>

#include "hanjari/site/routes.h"

namespace hanjari::web {

void add_intake_routes(std::vector<Route>& routes);

}  // namespace hanjari::web
