// Special cases of an exam in the office: entered by one officer, confirmed by another, taken back with a reason. Whoever opens the
// list is recorded.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response show_special_cases(const Call& call);
Response find_shown_special_cases(const Call& call);
Response enter_shown_special_case(const Call& call);
Response step_shown_special_case(const Call& call);

}  // namespace hanjari::web
