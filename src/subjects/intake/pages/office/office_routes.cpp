// Every page of applications in the office, with who may open it.
#include "intake/pages/office/office_pages.h"
#include "intake/pages/office/table_file.h"

namespace hanjari::web {
namespace {

using services::Role;

constexpr std::size_t office_form_bytes = 16 * 1024;
// Each opens many forms.
constexpr int many_at_once = 2;
// Each holds the live plan while others wait for their turn.
constexpr int previews_at_once = 4;
constexpr int figures_at_once = 4;
// Each holds a whole table.
constexpr int files_at_once = 1;

}  // namespace

void add_office_application_routes(std::vector<Route>& routes) {
  const auto officer = Permission::staff({{Role::exam_officer, Reach::everything}});
  const auto reader =
      Permission::staff({{Role::exam_officer, Reach::everything}, {Role::auditor, Reach::everything}});
  constexpr Listener office = Listener::office;
  const auto get = [&](const char* pattern, const Permission& who, Handler handler, Limits limits = {}) {
    routes.push_back({Method::get, pattern, office, who, handler, limits});
  };
  const auto post = [&](const char* pattern, Handler handler, int at_once = 0) {
    routes.push_back({Method::post, pattern, office, officer, handler, {office_form_bytes, at_once}});
  };
  get("/{language}/recruitments/{notice}/applications", reader, show_application_table);
  get("/{language}/recruitments/{notice}/application-table.{format}", reader, download_application_table, {0, files_at_once});
  post("/{language}/recruitments/{notice}/name-searches", search_by_name);
  post("/{language}/recruitments/{notice}/application-keys", order_shown_keys);
  get("/{language}/recruitments/{notice}/applications/{application}", officer, show_person);
  get("/{language}/recruitments/{notice}/applications/{application}/files/{attachment}", officer, send_person_file);
  post("/{language}/recruitments/{notice}/applications/{application}/releases", release_shown_claim);
  post("/{language}/recruitments/{notice}/applications/{application}/payment-decisions", decide_shown_payment);
  get("/{language}/recruitments/{notice}/applications/{application}/correction", officer, show_correction);
  post("/{language}/recruitments/{notice}/applications/{application}/correction", save_correction);
  get("/{language}/recruitments/{notice}/accommodations", officer, show_waiting);
  post("/{language}/recruitments/{notice}/accommodations", decide_waiting);
  get("/{language}/recruitments/{notice}/accommodation-decisions", officer, show_many, {0, many_at_once});
  post("/{language}/recruitments/{notice}/accommodation-decisions", decide_shown_many, many_at_once);
  get("/{language}/recruitments/{notice}/health-reports", officer, show_health_reports, {0, previews_at_once});
  post("/{language}/recruitments/{notice}/health-reports", decide_health_reports, previews_at_once);
  get("/{language}/recruitments/{notice}/refunds", officer, show_refunds);
  get("/{language}/recruitments/{notice}/figures", reader, show_figures, {0, figures_at_once});
  get("/{language}/recruitments/{notice}/figures.{format}", reader, download_figures, {0, figures_at_once});
}

}  // namespace hanjari::web
