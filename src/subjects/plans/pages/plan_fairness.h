// How far a plan sends people by group, as pictures and tables: for the office, before the plan goes live.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response show_plan_fairness(const Call& call);

}  // namespace hanjari::web
