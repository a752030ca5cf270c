// The rule that a second officer confirms plans of an exam before they go live.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

// Only on: whoever is to do without a second officer in an emergency says so each time, on record.
Response ask_shown_second_officer(const Call& call);
Response describe_plan_rule(const Call& call);
Response ask_second_officer_by_api(const Call& call);

}  // namespace hanjari::web
