#include "plans/pages/handlers.h"

namespace hanjari::web {
namespace {

// Whatever changes another program made are seen this soon.
constexpr std::chrono::milliseconds soon{1'000};
constexpr Keep list_rule{soon, 4 * soon, "public, no-cache"};

}  // namespace

void add_plan_routes(std::vector<Route>& routes) {
  routes.push_back(
      {Method::get,
       "/api/v1/exams",
       Listener::portal,
       Permission::anybody(),
       list_exams,
       {},
       ApiDescription{
           {"Exams whose seats can be looked up", "좌석을 조회할 수 있는 시험"}, {"application/json"}, {"page"}},
       list_rule});
}

}  // namespace hanjari::web
