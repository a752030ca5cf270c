// Files of the look of a site, and its language.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response choose_language(const Call& call);
Response send_asset(const Call& call);
Response send_icon(const Call& call);
Response send_robots(const Call& call);

}  // namespace hanjari::web
