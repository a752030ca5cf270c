// The audit trail, as a page and for programs.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response show_audit(const Call& call);
Response list_audit_entries(const Call& call);
// The entries that a filter finds as lines of JSON, signed by the trail.
Response export_audit_shown(const Call& call);
Response export_audit_by_api(const Call& call);

}  // namespace hanjari::web
