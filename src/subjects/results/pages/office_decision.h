// One decision: its report, one person's path, its files. Whoever opens any of them is recorded.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response show_decision(const Call& call);
Response show_path(const Call& call);
Response show_rule_trial(const Call& call);

}  // namespace hanjari::web
