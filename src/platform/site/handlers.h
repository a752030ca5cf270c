// What every site answers whatever it is about: files of its look, its description, its health.
#pragma once

#include <vector>

#include "hanjari/site/routes.h"

namespace hanjari::web {

// Portal and office.
Response choose_language(const Call& call);
Response send_asset(const Call& call);
Response send_icon(const Call& call);
Response send_robots(const Call& call);
Response describe_routes(const Call& call);

// Operations.
Response show_health(const Call& call);
Response show_live(const Call& call);
Response show_ready(const Call& call);
Response show_metrics(const Call& call);

// Their lines of the table.
void add_site_routes(std::vector<Route>& routes);

}  // namespace hanjari::web
