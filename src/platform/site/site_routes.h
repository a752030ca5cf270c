// The routes that every site has.
#pragma once

#include <vector>

#include "hanjari/site/routes.h"

namespace hanjari::web {

void add_site_routes(std::vector<Route>& routes);

}  // namespace hanjari::web
