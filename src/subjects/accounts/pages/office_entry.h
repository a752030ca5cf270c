// Signing in to the office: password, second factor, and what both roads into it show.
#pragma once

#include <string>
#include <vector>

#include "hanjari/accounts/accounts.h"
#include "hanjari/site/routes.h"

namespace hanjari::web {

Response show_sign_in(const Call& call);
Response sign_in_staff(const Call& call);
Response show_second_step(const Call& call);
Response confirm_second_step(const Call& call);
Response sign_out_staff(const Call& call);
// The way on after a provider's answer: a page, because the session's cookie does not go along with a redirect that
// another site began.
Response show_signed_in(const Call& call, const services::SignIn& entered, const std::string& next);
// The sign-in form with what went wrong.
Response show_sign_in_again(const Call& call, const std::string& next, const std::string& error);
// Shown once.
Response show_recovery_codes(const Call& call, const std::vector<std::string>& codes, const std::string& next);

}  // namespace hanjari::web
