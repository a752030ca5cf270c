// Every route of the product. Nothing is answered that does not stand here.
#include "web/handlers.h"

namespace hanjari::web {
namespace {

using services::Role;

constexpr std::size_t form_bytes = 8 * 1024;
// Password hashing takes a processor for tens of milliseconds and 19 MiB: a crowd waits instead of stopping the
// machine.
constexpr int sign_ins_at_once = 8;
constexpr int slips_at_once = 16;
constexpr int rosters_at_once = 8;

Permission venue_staff() {
  return Permission::staff({Role::exam_officer, Role::district_coordinator});
}

void add_shared(std::vector<Route>& routes, Listener listener) {
  const auto everybody = Permission::anybody();
  routes.push_back({Method::get, "/assets/{name}", listener, everybody, send_asset});
  routes.push_back({Method::get, "/favicon.ico", listener, everybody, send_icon});
  routes.push_back({Method::get, "/robots.txt", listener, everybody, send_robots});
  routes.push_back({Method::get,
                    "/api/v1/openapi.json",
                    listener,
                    everybody,
                    describe_routes,
                    {},
                    ApiDescription{{"This description", "이 문서"}, {"application/json"}, {}}});
}

}  // namespace

RouteTable site_routes() {
  const auto everybody = Permission::anybody();
  const Limits form{form_bytes, 0};
  std::vector<Route> routes{
      {Method::get, "/", Listener::portal, everybody, choose_language},
      {Method::get, "/{language}", Listener::portal, everybody, show_home},
      {Method::get, "/{language}/exams/{code}/seat", Listener::portal, everybody, show_seat_form},
      {Method::post, "/{language}/exams/{code}/seat", Listener::portal, everybody, look_up, form},
      {Method::post,
       "/{language}/exams/{code}/slip",
       Listener::portal,
       everybody,
       download_slip,
       {form_bytes, slips_at_once}},
      {Method::get,
       "/api/v1/exams",
       Listener::portal,
       everybody,
       list_exams,
       {},
       ApiDescription{
           {"Exams whose seats can be looked up", "좌석을 조회할 수 있는 시험"}, {"application/json"}, {"page"}}},

      {Method::get, "/", Listener::office, everybody, choose_language},
      {Method::get, "/{language}", Listener::office, venue_staff(), show_office_home},
      {Method::get, "/{language}/sign-in", Listener::office, everybody, show_sign_in},
      {Method::post, "/{language}/sign-in", Listener::office, everybody, sign_in_staff, {form_bytes, sign_ins_at_once}},
      {Method::post, "/{language}/sign-out", Listener::office, everybody, sign_out_staff, form},
      {Method::get, "/{language}/exams", Listener::office, venue_staff(), show_office_home},
      {Method::get, "/{language}/exams/{code}/venues", Listener::office, venue_staff(), show_venues},
      {Method::get,
       "/api/v1/exams/{code}/venues/{venue_code}/rosters",
       Listener::office,
       venue_staff(),
       download_roster,
       {0, rosters_at_once},
       ApiDescription{
           {"Roster of a venue; the format by Accept", "시험장의 응시자 명부. 형식은 Accept로 정함"},
           {"application/pdf", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "text/csv"},
           {"language"}}},
      {Method::get,
       "/api/v1/exams/{code}/venues/{venue_code}/rosters.{format}",
       Listener::office,
       venue_staff(),
       download_roster,
       {0, rosters_at_once},
       ApiDescription{
           {"Roster of a venue as pdf, xlsx or csv", "시험장의 응시자 명부 (pdf, xlsx, csv)"},
           {"application/pdf", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "text/csv"},
           {"language"}}},

      {Method::get, "/health", Listener::operations, everybody, show_health},
      {Method::get, "/health/live", Listener::operations, everybody, show_live},
      {Method::get, "/health/ready", Listener::operations, everybody, show_ready},
      {Method::get, "/metrics", Listener::operations, everybody, show_metrics},
  };
  add_shared(routes, Listener::portal);
  add_shared(routes, Listener::office);
  return RouteTable(std::move(routes));
}

}  // namespace hanjari::web
