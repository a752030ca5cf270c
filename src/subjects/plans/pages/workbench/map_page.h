// The map of a plan, and its figures by the API.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response show_plan_map(const Call& call);
Response describe_plan_by_api(const Call& call);

}  // namespace hanjari::web
