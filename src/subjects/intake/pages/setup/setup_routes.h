// The routes of setting up an exam: pages of the office and their API.
#pragma once

#include <vector>

#include "hanjari/site/routes.h"

namespace hanjari::web {

void add_setup_routes(std::vector<Route>& routes);

}  // namespace hanjari::web
