
#include "privacy/pages/routes.h"

#include "privacy/pages/audit_pages.h"
#include "privacy/pages/keys_page.h"

namespace hanjari::web {
namespace {

constexpr std::size_t form_bytes = 4 * 1024;
constexpr int exports_at_once = 1;  // each opens many entries

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
                                   {"author", "action", "subject", "whose", "from", "until", "before"}}});
  routes.push_back({Method::post, "/{language}/audit-exports", office, auditor, export_audit_shown, {form_bytes, exports_at_once}});
  routes.push_back({Method::post,
                    "/api/v1/audit-exports",
                    office,
                    auditor,
                    export_audit_by_api,
                    {form_bytes, exports_at_once},
                    ApiDescription{{"Entries that a filter (author, action, subject, whose, from, until) finds as lines of JSON; the last one has "
                                    "their SHA-256, which the trail records, and the signed heads of the trail",
                                    "조건(author, action, subject, whose, from, until)에 맞는 감사 기록을 JSON 줄로 받음. 마지막 줄은 그 "
                                    "SHA-256(감사 기록에 남음)과 서명된 감사 기록의 끝"},
                                   {"application/x-ndjson"},
                                   {}}});
  const auto administrator = Permission::staff({{services::Role::administrator, Reach::everything}});
  routes.push_back({Method::get, "/{language}/keys", office, administrator, show_keys});
  routes.push_back({Method::post, "/{language}/keys", office, administrator, order_new_keys, {form_bytes, 0}});
  // What the body of each may hold; read_json takes nothing else.
  take_members(routes, {
      {"/api/v1/audit-exports", {"author", "action", "subject", "whose", "from", "until"}}});
}

}  // namespace hanjari::web
