// Hand edits of a plan, in pages and by the API.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response open_shown_edits(const Call& call);
Response show_edits(const Call& call);
Response make_shown_edit(const Call& call);
Response turn_shown_edit(const Call& call);
Response order_shown_edited_plan(const Call& call);

Response open_edits_by_api(const Call& call);
Response describe_edits_by_api(const Call& call);
Response make_edit_by_api(const Call& call);
Response turn_edit_by_api(const Call& call);
Response order_edited_plan_by_api(const Call& call);

}  // namespace hanjari::web
