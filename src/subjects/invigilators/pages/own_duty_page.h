// The page of each invigilator on the portal, opened by the code of the invitation. A form leads to the address of the page
// (303), which a browser that knows the code can load again.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

// Asks for the code first where the browser knows none.
Response show_own_duty(const Call& call);
Response take_duty_code(const Call& call);
Response answer_own_duty(const Call& call);

}  // namespace hanjari::web
