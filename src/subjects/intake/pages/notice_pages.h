// Home and notices, the same for everybody; and recruitments as the office sees them.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response show_home(const Call& call);
Response show_notice(const Call& call);
Response download_calendar(const Call& call);

// Office.
Response show_recruitments(const Call& call);
Response show_recruitment(const Call& call);
Response order_shown_closing(const Call& call);

}  // namespace hanjari::web
