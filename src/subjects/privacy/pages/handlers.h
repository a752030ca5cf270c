// The functions behind the page and the API of the audit trail.
#pragma once

#include <vector>

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response show_audit(const Call& call);
Response list_audit_entries(const Call& call);

// Their lines of the table.
void add_privacy_routes(std::vector<Route>& routes);

}  // namespace hanjari::web
