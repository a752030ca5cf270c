// Venues as officers and coordinators see them.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response show_venues(const Call& call);

}  // namespace hanjari::web
