// The audit trail, as a page and for programs.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response show_audit(const Call& call);
Response list_audit_entries(const Call& call);

}  // namespace hanjari::web
