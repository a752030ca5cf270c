// The description of the API.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response describe_routes(const Call& call);

}  // namespace hanjari::web
