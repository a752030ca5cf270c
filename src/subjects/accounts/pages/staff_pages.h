// The accounts of the staff, for administrators, and the page where whoever was invited chooses a password.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response show_staff(const Call& call);
Response invite_shown_staff(const Call& call);
Response show_staff_account(const Call& call);
Response take_shown_staff_step(const Call& call);
Response show_invitation(const Call& call);
Response accept_shown_invitation(const Call& call);

// The same as JSON.
Response list_staff_by_api(const Call& call);
Response invite_staff_by_api(const Call& call);
Response take_staff_step_by_api(const Call& call);

}  // namespace hanjari::web
