// The map of a plan, its figures by the API, and the people beyond the detour limit.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response show_plan_map(const Call& call);
Response describe_plan_by_api(const Call& call);
// Who is beyond the detour limit; recorded.
Response show_far_people(const Call& call);
Response list_far_people_by_api(const Call& call);

}  // namespace hanjari::web
