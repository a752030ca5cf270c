// The routes of materials and of the briefing.
#pragma once

#include <vector>

#include "hanjari/site/routes.h"

namespace hanjari::web {

void add_material_routes(std::vector<Route>& routes);

}  // namespace hanjari::web
