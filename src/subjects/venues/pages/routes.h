// The routes of venues and rosters.
#pragma once

#include <vector>

#include "hanjari/site/routes.h"

namespace hanjari::web {

void add_venue_routes(std::vector<Route>& routes);

}  // namespace hanjari::web
