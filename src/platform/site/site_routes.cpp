// Routes that every site has.

#include "site/site_routes.h"

#include "site/api_description.h"
#include "site/operations.h"
#include "site/pages/static_files.h"

namespace hanjari::web {
namespace {

constexpr std::chrono::milliseconds for_ever{std::chrono::hours(24 * 365)};
// The name of an asset holds its content's digest: another content has another name.
constexpr Keep asset_rule{for_ever, for_ever, "public, max-age=31536000, immutable"};
constexpr Keep day_rule{for_ever, for_ever, "public, max-age=86400"};

void add_shared(std::vector<Route>& routes, Listener listener) {
  const auto everybody = Permission::anybody();
  routes.push_back({Method::get, "/", listener, everybody, choose_language});
  routes.push_back({Method::get, "/assets/{name}", listener, everybody, send_asset, {}, {}, asset_rule});
  routes.push_back({Method::get, "/favicon.ico", listener, everybody, send_icon, {}, {}, day_rule});
  routes.push_back({Method::get, "/robots.txt", listener, everybody, send_robots, {}, {}, day_rule});
  routes.push_back({Method::get,
                    "/api/v1/openapi.json",
                    listener,
                    everybody,
                    describe_routes,
                    {},
                    ApiDescription{{"This description", "이 문서"}, {"application/json"}, {}},
                    Keep{for_ever, for_ever, "public, max-age=300"}});
}

}  // namespace

void add_site_routes(std::vector<Route>& routes) {
  const auto everybody = Permission::anybody();
  add_shared(routes, Listener::portal);
  add_shared(routes, Listener::office);
  routes.push_back({Method::get, "/health", Listener::operations, everybody, show_health});
  routes.push_back({Method::get, "/health/live", Listener::operations, everybody, show_live});
  routes.push_back({Method::get, "/health/ready", Listener::operations, everybody, show_ready});
  routes.push_back({Method::get, "/metrics", Listener::operations, everybody, show_metrics});
}

}  // namespace hanjari::web
