#include "privacy/pages/handlers.h"

namespace hanjari::web {

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
}

}  // namespace hanjari::web
