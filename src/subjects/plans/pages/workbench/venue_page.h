// A venue of a plan by floors and rooms, and a room with its desks. A room's page names numbers of people, so that its
// opening is recorded.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response show_plan_venue(const Call& call);
Response show_plan_room(const Call& call);
Response describe_room_by_api(const Call& call);

}  // namespace hanjari::web
