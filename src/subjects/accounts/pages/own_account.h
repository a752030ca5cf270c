// The own account, of the staff and of applicants.
#pragma once

#include <string>

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response change_own_password(const Call& call);
Response renew_own_recovery_codes(const Call& call);
Response show_own_account(const Call& call);
// With what went wrong.
Response show_account_again(const Call& call, const std::string& error);
Response end_own_session(const Call& call);
Response end_own_other_sessions(const Call& call);

}  // namespace hanjari::web
