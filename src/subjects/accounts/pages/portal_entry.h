// Accounts of applicants: signing up and in, forgotten passwords.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

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

}  // namespace hanjari::web
