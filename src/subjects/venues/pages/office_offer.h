// One offered school: what the district says of it, its rooms as a table, and its steps.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response show_offer(const Call& call);
Response save_shown_offer(const Call& call);
Response save_shown_rooms(const Call& call);
Response step_shown_offer(const Call& call);
Response attach_shown_file(const Call& call);

}  // namespace hanjari::web
