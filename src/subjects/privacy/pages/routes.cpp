
#include "privacy/pages/routes.h"

#include "privacy/pages/audit_pages.h"
#include "privacy/pages/keys_page.h"

namespace hanjari::web {
namespace {

constexpr std::size_t form_bytes = 4 * 1024;

}  // namespace

void add_privacy_routes(std::vector<Route>& routes) {
  const auto auditor = Permission::staff({{services::Role::auditor, Reach::everything}});
  constexpr Listener office = Listener::office;
  routes.push_back({Method::get, "/{language}/audit", office, auditor, show_audit});
  routes.push_back({Method::get,
                    "/api/v1/audit-entries",
                    office,
                    auditor,
                    list_audit_entries,
                    {},
                    ApiDescription{{"Entries of the audit trail, newest first", "감사 기록, 최신순"},
                                   {"application/json"},
                                   {"author", "action", "subject", "whose", "before"}}});
  const auto administrator = Permission::staff({{services::Role::administrator, Reach::everything}});
  routes.push_back({Method::get, "/{language}/keys", office, administrator, show_keys});
  routes.push_back({Method::post, "/{language}/keys", office, administrator, order_new_keys, {form_bytes, 0}});
}

}  // namespace hanjari::web
