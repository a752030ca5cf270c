// The functions behind the office's pages of venues and their rosters.
#pragma once

#include <vector>

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response show_office_home(const Call& call);
Response show_venues(const Call& call);
Response download_roster(const Call& call);

// Their lines of the table.
void add_venue_routes(std::vector<Route>& routes);

}  // namespace hanjari::web
