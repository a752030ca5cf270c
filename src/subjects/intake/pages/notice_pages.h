// Home and notices: pages that are the same for everybody.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response show_home(const Call& call);
Response show_notice(const Call& call);
Response download_calendar(const Call& call);

}  // namespace hanjari::web
