// The functions behind the pages of the audit trail and of keys.
#pragma once

#include <vector>

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response show_audit(const Call& call);
Response list_audit_entries(const Call& call);
Response show_keys(const Call& call);
Response order_new_keys(const Call& call);

// Their lines of the table.
void add_privacy_routes(std::vector<Route>& routes);

}  // namespace hanjari::web
