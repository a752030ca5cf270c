// Another setting tried on a plan: what it means for its people, with nothing stored.
#pragma once

#include "hanjari/base/error.h"
#include "hanjari/site/routes.h"

namespace hanjari::web {

Response show_settings_trial(const Call& call);
// The same page with what is wrong with the what-if that its form sent, and with what was typed.
Response refuse_shown_whatif(const Call& call, const InvalidInput& refused);
Response try_settings_by_api(const Call& call);

Response order_shown_whatif(const Call& call);
Response order_whatif_by_api(const Call& call);

}  // namespace hanjari::web
