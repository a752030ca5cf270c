// The routes of the API of applying.
#pragma once

#include <vector>

#include "hanjari/site/routes.h"

namespace hanjari::web {

void add_applying_api(std::vector<Route>& routes);

}  // namespace hanjari::web
