// Results for programs: the same rights as the pages.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response list_results_by_api(const Call& call);
Response order_results_by_api(const Call& call);
Response step_rules_by_api(const Call& call);
Response order_decision_by_api(const Call& call);
Response describe_decision_by_api(const Call& call);
Response open_path_by_api(const Call& call);
Response try_rules_by_api(const Call& call);
Response download_decision_file(const Call& call);

}  // namespace hanjari::web
