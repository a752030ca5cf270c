// The routes of the audit trail and of keys.
#pragma once

#include <vector>

#include "hanjari/site/routes.h"

namespace hanjari::web {

void add_privacy_routes(std::vector<Route>& routes);

}  // namespace hanjari::web
