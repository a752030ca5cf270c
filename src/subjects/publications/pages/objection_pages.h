// Objections to released results: sent by their owners on the portal, answered in the office, and the same by the API of the office.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response show_own_objections(const Call& call);
Response send_own_objection(const Call& call);
Response show_own_final_objections(const Call& call);
Response send_own_final_objection(const Call& call);
Response show_objections(const Call& call);
Response answer_shown_objection(const Call& call);
Response list_objections_by_api(const Call& call);
Response answer_objection_by_api(const Call& call);

}  // namespace hanjari::web
