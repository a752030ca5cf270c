// The routes of results and decisions.
#pragma once

#include <vector>

#include "hanjari/site/routes.h"

namespace hanjari::web {

// Results of exams and decisions on them: all of it in the office.
void add_result_routes(std::vector<Route>& routes);

}  // namespace hanjari::web
