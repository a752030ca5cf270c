// Rosters of a venue as files.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response download_roster(const Call& call);

}  // namespace hanjari::web
