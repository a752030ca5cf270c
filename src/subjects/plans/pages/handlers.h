// The functions behind the API of exams and plans.
#pragma once

#include <vector>

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response list_exams(const Call& call);

// Their lines of the table.
void add_plan_routes(std::vector<Route>& routes);

}  // namespace hanjari::web
