// Applications of a recruitment for programs, with the rights of the office's pages.
#pragma once

#include <vector>

#include "hanjari/site/routes.h"

namespace hanjari::web {

void add_office_applications_api(std::vector<Route>& routes);

}  // namespace hanjari::web
