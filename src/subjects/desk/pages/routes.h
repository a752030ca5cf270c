// The routes of the office's first page, the path of an exam and the search.
#pragma once

#include <vector>

#include "hanjari/site/routes.h"

namespace hanjari::web {

void add_desk_routes(std::vector<Route>& routes);

}  // namespace hanjari::web
