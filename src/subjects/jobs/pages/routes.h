// The routes of jobs.
#pragma once

#include <vector>

#include "hanjari/site/routes.h"

namespace hanjari::web {

void add_job_routes(std::vector<Route>& routes);

}  // namespace hanjari::web
