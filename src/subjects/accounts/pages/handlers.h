// The functions behind the routes of sign-in, own accounts and the audit trail.
#pragma once

#include <string>
#include <vector>

#include "hanjari/accounts/accounts.h"
#include "hanjari/site/routes.h"

namespace hanjari::web {

// Office.
Response show_sign_in(const Call& call);
Response sign_in_staff(const Call& call);
Response show_second_step(const Call& call);
Response confirm_second_step(const Call& call);
Response sign_out_staff(const Call& call);
Response change_own_password(const Call& call);
Response renew_own_recovery_codes(const Call& call);
// Through the identity provider of the house, if there is one.
Response ask_provider(const Call& call);
Response take_provider_answer(const Call& call);
Response show_audit(const Call& call);
Response list_audit_entries(const Call& call);

// The way on after a provider's answer: a page, because the session's cookie does not go along with a redirect that
// another site began.
Response show_signed_in(const Call& call, const services::SignIn& entered, const std::string& next);
// The sign-in form with what went wrong.
Response show_sign_in_again(const Call& call, const std::string& next, const std::string& error);

// Shown once.
Response show_recovery_codes(const Call& call, const std::vector<std::string>& codes, const std::string& next);

// Portal.
Response show_portal_sign_in(const Call& call);
Response sign_in_to_portal(const Call& call);
Response show_portal_sign_in_code(const Call& call);
Response finish_portal_sign_in(const Call& call);
Response show_sign_up(const Call& call);
Response begin_sign_up(const Call& call);
Response show_sign_up_code(const Call& call);
Response finish_sign_up(const Call& call);
Response show_forgotten(const Call& call);
Response begin_reset(const Call& call);
Response show_reset_code(const Call& call);
Response finish_reset(const Call& call);
Response sign_out_applicant(const Call& call);

// Both.
Response show_own_account(const Call& call);
Response end_own_session(const Call& call);
Response end_own_other_sessions(const Call& call);

// Their lines of the table.
void add_entry_routes(std::vector<Route>& routes);

}  // namespace hanjari::web
