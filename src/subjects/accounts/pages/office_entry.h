// Signing in to the office: password, second factor, and what both roads into it show.
#pragma once

#include <optional>
#include <string>

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
// `kept`: what was typed before; it is shown to be sent again, after the second step where that is still to come.
Response show_signed_in(const Call& call, const services::SignIn& entered, const std::string& next, const std::string& kept);
// In, with the session's cookies: where it was going, or, with what a session that has ended had been sent, the page that
// sends it again.
Response enter_office(const Call& call, const services::SignIn& entered, const std::string& next);
// Whoever took too long between password and second step: the sign-in form with what was typed before, or the way there.
Response ask_password_again(const Call& call, const std::string& next);
// The sign-in form with what went wrong.
Response show_sign_in_again(const Call& call, const std::string& next, const std::string& error, const std::string& kept);
// The second step with what went wrong: a code, or a security key where the account has one.
Response show_second_step_form(const Call& call, const std::string& account, const std::string& next, const std::string& error);
// Where to go after signing in: a path of the office that a GET answers and the role may see, nothing else.
std::string safe_next(const Call& call, const std::string& wanted, std::optional<services::Role> role);

}  // namespace hanjari::web
