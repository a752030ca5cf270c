// The routes of sign-in and own accounts.
#pragma once

#include <vector>

#include "hanjari/site/routes.h"

namespace hanjari::web {

void add_account_routes(std::vector<Route>& routes);

}  // namespace hanjari::web
