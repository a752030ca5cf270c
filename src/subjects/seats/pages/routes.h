// The routes of seats and slips.
#pragma once

#include <vector>

#include "hanjari/site/routes.h"

namespace hanjari::web {

void add_seat_routes(std::vector<Route>& routes);

}  // namespace hanjari::web
