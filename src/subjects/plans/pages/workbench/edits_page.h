// Hand edits of a plan, in pages and by the API.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response open_shown_edits(const Call& call);
Response show_edits(const Call& call);
// All sessions of an exam.
Response list_shown_edits(const Call& call);
// One or two rooms as the session has them, where people can be dragged.
Response show_edited_rooms(const Call& call);
Response make_shown_edit(const Call& call);
Response turn_shown_edit(const Call& call);
Response order_shown_edited_plan(const Call& call);

Response open_edits_by_api(const Call& call);
Response list_edits_by_api(const Call& call);
Response describe_edits_by_api(const Call& call);
Response make_edit_by_api(const Call& call);
Response turn_edit_by_api(const Call& call);
Response order_edited_plan_by_api(const Call& call);

}  // namespace hanjari::web
