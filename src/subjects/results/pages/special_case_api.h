// Special cases for programs: the same rights as the pages.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response list_special_cases_by_api(const Call& call);
Response find_special_cases_by_api(const Call& call);
Response enter_special_case_by_api(const Call& call);
Response step_special_case_by_api(const Call& call);

}  // namespace hanjari::web
