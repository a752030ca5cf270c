#include "program/pages/site_routes.h"

#include "accounts/pages/handlers.h"
#include "intake/pages/handlers.h"
#include "jobs/pages/handlers.h"
#include "papers/pages/handlers.h"
#include "plans/pages/handlers.h"
#include "privacy/pages/handlers.h"
#include "seats/pages/handlers.h"
#include "site/handlers.h"
#include "venues/pages/handlers.h"

namespace hanjari::web {

RouteTable site_routes() {
  std::vector<Route> routes;
  for (const auto add : {add_site_routes, add_account_routes, add_intake_routes, add_seat_routes, add_venue_routes,
                         add_plan_routes, add_paper_routes, add_job_routes, add_privacy_routes}) {
    add(routes);
  }
  return RouteTable(std::move(routes));
}

}  // namespace hanjari::web
