// The routes of papers.
#pragma once

#include <vector>

#include "hanjari/site/routes.h"

namespace hanjari::web {

void add_paper_routes(std::vector<Route>& routes);

}  // namespace hanjari::web
