#include "program/pages/site_routes.h"

#include "accounts/pages/routes.h"
#include "desk/pages/routes.h"
#include "intake/pages/routes.h"
#include "invigilators/pages/routes.h"
#include "jobs/pages/routes.h"
#include "materials/pages/routes.h"
#include "papers/pages/routes.h"
#include "plans/pages/routes.h"
#include "privacy/pages/routes.h"
#include "publications/pages/routes.h"
#include "results/pages/routes.h"
#include "seats/pages/routes.h"
#include "site/site_routes.h"
#include "venues/pages/routes.h"

namespace hanjari::web {

RouteTable site_routes() {
  std::vector<Route> routes;
  for (const auto add : {add_site_routes, add_account_routes, add_intake_routes, add_seat_routes, add_desk_routes, add_venue_routes,
                         add_plan_routes, add_paper_routes, add_invigilator_routes, add_job_routes, add_privacy_routes,
                         add_result_routes, add_publication_routes,
                         add_material_routes}) {
    add(routes);
  }
  return RouteTable(std::move(routes));
}

}  // namespace hanjari::web
