// Health and figures, for operators.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response show_health(const Call& call);
Response show_live(const Call& call);
Response show_ready(const Call& call);
Response show_metrics(const Call& call);

}  // namespace hanjari::web
