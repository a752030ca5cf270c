// The results of an exam as officers work with them: packages, rules, decisions.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response show_results(const Call& call);
Response order_shown_results(const Call& call);
Response step_shown_rules(const Call& call);
Response order_shown_decision(const Call& call);

}  // namespace hanjari::web
