// Every route of the product. Nothing is answered that does not stand here.
#include "accounts/pages/handlers.h"
#include "intake/pages/api/applying_handlers.h"
#include "intake/pages/handlers.h"

namespace hanjari::web {
namespace {

using services::Role;

constexpr std::size_t form_bytes = 8 * 1024;
constexpr int slips_at_once = 16;
constexpr std::size_t step_bytes = 32 * 1024;
// A photo as it comes from a camera, and what the form adds; decoding one takes some megabytes and a processor.
constexpr Limits photo_limits{12'100'000, 4, 1};
constexpr Limits document_limits{12'100'000, 8, 8};
constexpr int rosters_at_once = 8;

// Whatever changes another program made are seen this soon.
constexpr std::chrono::milliseconds soon{1'000};
constexpr std::chrono::milliseconds for_ever{std::chrono::hours(24 * 365)};
// The name of an asset holds its content's digest: another content has another name.
constexpr Keep asset_rule{for_ever, for_ever, "public, max-age=31536000, immutable"};
constexpr Keep day_rule{for_ever, for_ever, "public, max-age=86400"};
// Asked anew each time, and answered "not modified" from memory.
constexpr Keep page_rule{soon, 4 * soon, "private, no-cache"};
constexpr Keep list_rule{soon, 4 * soon, "public, no-cache"};

Permission venue_staff(ExamState state = ExamState::not_named) {
  return Permission::staff({{Role::exam_officer, Reach::everything}, {Role::district_coordinator, Reach::own_district}},
                           state);
}

// Notices are everybody's; forms and applications are their owner's.
void add_applying(std::vector<Route>& routes) {
  const auto everybody = Permission::anybody();
  const auto applicant = Permission::staff({{Role::applicant, Reach::own}});
  const Limits step{step_bytes, 0};
  const auto get = [&](const char* pattern, const Permission& who, Handler handler, Limits limits = {}) {
    routes.push_back({Method::get, pattern, Listener::portal, who, handler, limits});
  };
  const auto post = [&](const char* pattern, const Permission& who, Handler handler, Limits limits) {
    routes.push_back({Method::post, pattern, Listener::portal, who, handler, limits});
  };
  routes.push_back(
      {Method::get, "/{language}/notices/{notice}", Listener::portal, everybody, show_notice, {}, {}, page_rule});
  get("/{language}/notices/{notice}/calendar", everybody, download_calendar);

  get("/{language}/apply/{notice}", applicant, begin_applying);
  get("/{language}/apply/{notice}/unit", applicant, show_apply_unit);
  post("/{language}/apply/{notice}/unit", applicant, save_apply_unit, step);
  get("/{language}/apply/{notice}/person", applicant, show_apply_person);
  post("/{language}/apply/{notice}/person", applicant, save_apply_person, step);
  get("/{language}/apply/{notice}/photo", applicant, show_apply_photo);
  post("/{language}/apply/{notice}/photo", applicant, send_apply_photo, photo_limits);
  post("/{language}/apply/{notice}/photo/portrait", applicant, use_apply_photo, step);
  get("/{language}/apply/{notice}/photo/preview", applicant, preview_apply_photo, {0, 8});
  get("/{language}/apply/{notice}/claims", applicant, show_apply_claims);
  post("/{language}/apply/{notice}/claims", applicant, save_apply_claims, step);
  get("/{language}/apply/{notice}/support", applicant, show_apply_support);
  post("/{language}/apply/{notice}/support", applicant, save_apply_support, document_limits);
  get("/{language}/apply/{notice}/review", applicant, show_apply_review);
  // The page with the place in the line is an answer to a POST; its address leads back to what was submitted.
  get("/{language}/apply/{notice}/submit", applicant, show_apply_review);
  post("/{language}/apply/{notice}/submit", applicant, submit_application, step);

  get("/{language}/my", applicant, show_own_applications);
  get("/{language}/my/photos/{attachment}", applicant, send_own_photo);
  get("/{language}/my/documents/{attachment}", applicant, download_own_document);
  get("/{language}/my/{application}", applicant, show_own_application);
  get("/{language}/my/{application}/receipt", applicant, download_receipt);
  get("/{language}/my/{application}/withdraw", applicant, show_withdraw);
  post("/{language}/my/{application}/withdraw", applicant, withdraw_application, step);
  get("/{language}/my/{application}/payment", applicant, show_payment);
  post("/{language}/my/{application}/payment", applicant, begin_own_payment, step);
  get("/{language}/my/{application}/seat", applicant, show_own_seat);
  get("/{language}/my/{application}/wallet", applicant, show_wallet_slip);
  post("/{language}/my/{application}/slip", applicant, download_own_slip, {form_bytes, slips_at_once});
  get("/{language}/my/{application}/report", applicant, show_self_report);
  post("/{language}/my/{application}/report", applicant, send_self_report, step);

  // Of the test provider, which stands in for another site.
  get("/pay/{order}", everybody, choose_pay_language);
  get("/{language}/pay/{order}", everybody, show_test_payment);
  post("/{language}/pay/{order}", everybody, decide_test_payment, step);
}

void add_shared(std::vector<Route>& routes, Listener listener) {
  const auto everybody = Permission::anybody();
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

RouteTable site_routes() {
  const auto everybody = Permission::anybody();
  const auto everybody_live = Permission::anybody(ExamState::live);
  const Limits form{form_bytes, 0};
  std::vector<Route> routes{
      {Method::get, "/", Listener::portal, everybody, choose_language},
      {Method::get, "/{language}", Listener::portal, everybody, show_home, {}, {}, page_rule},
      {Method::get, "/{language}/exams/{code}/seat", Listener::portal, everybody_live, show_seat_form},
      {Method::post, "/{language}/exams/{code}/seat", Listener::portal, everybody_live, look_up, form},
      {Method::post,
       "/{language}/exams/{code}/slip",
       Listener::portal,
       everybody_live,
       download_slip,
       {form_bytes, slips_at_once}},
      {Method::get, "/check", Listener::portal, everybody, choose_check_language},
      {Method::get, "/{language}/check", Listener::portal, everybody, check_slip},
      {Method::get,
       "/api/v1/exams",
       Listener::portal,
       everybody,
       list_exams,
       {},
       ApiDescription{
           {"Exams whose seats can be looked up", "좌석을 조회할 수 있는 시험"}, {"application/json"}, {"page"}},
       list_rule},

      {Method::get, "/", Listener::office, everybody, choose_language},
      {Method::get, "/{language}", Listener::office, venue_staff(), show_office_home},
      {Method::get, "/{language}/exams", Listener::office, venue_staff(), show_office_home},
      {Method::get, "/{language}/exams/{code}/venues", Listener::office, venue_staff(ExamState::live), show_venues},
      {Method::get,
       "/api/v1/exams/{code}/venues/{venue_code}/rosters",
       Listener::office,
       venue_staff(ExamState::live),
       download_roster,
       {0, rosters_at_once},
       ApiDescription{
           {"Roster of a venue; the format by Accept", "시험장의 응시자 명부. 형식은 Accept로 정함"},
           {"application/pdf", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "text/csv"},
           {"language"}}},
      {Method::get,
       "/api/v1/exams/{code}/venues/{venue_code}/rosters.{format}",
       Listener::office,
       venue_staff(ExamState::live),
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
  add_applying(routes);
  add_applying_api(routes);
  add_entry_routes(routes);
  add_shared(routes, Listener::portal);
  add_shared(routes, Listener::office);
  return RouteTable(std::move(routes));
}

}  // namespace hanjari::web
