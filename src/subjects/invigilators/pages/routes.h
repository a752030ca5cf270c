// The routes of invigilators and duties.
#pragma once

#include <vector>

#include "hanjari/site/routes.h"

namespace hanjari::web {

// In the office: people, duties and their files; on the portal: the page of each invigilator.
void add_invigilator_routes(std::vector<Route>& routes);

}  // namespace hanjari::web
