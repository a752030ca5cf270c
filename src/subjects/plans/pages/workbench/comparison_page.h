// Stored plans of an exam side by side.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response show_comparison(const Call& call);
Response compare_by_api(const Call& call);

}  // namespace hanjari::web
