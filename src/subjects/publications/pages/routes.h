// The routes of publications: steps in the office, results on the portal.
#pragma once

#include <vector>

#include "hanjari/site/routes.h"

namespace hanjari::web {

void add_publication_routes(std::vector<Route>& routes);

}  // namespace hanjari::web
