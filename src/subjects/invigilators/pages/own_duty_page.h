// The page of each invigilator on the portal, opened by the code of the invitation.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response ask_duty_code(const Call& call);
Response show_own_duty(const Call& call);
Response answer_own_duty(const Call& call);

}  // namespace hanjari::web
