// The pages of applying, from the unit to the submitted form.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response begin_applying(const Call& call);
Response show_apply_unit(const Call& call);
Response save_apply_unit(const Call& call);
Response show_apply_person(const Call& call);
Response save_apply_person(const Call& call);
Response show_apply_photo(const Call& call);
Response send_apply_photo(const Call& call);
Response use_apply_photo(const Call& call);
Response preview_apply_photo(const Call& call);
Response show_apply_claims(const Call& call);
Response save_apply_claims(const Call& call);
Response show_apply_support(const Call& call);
Response save_apply_support(const Call& call);
Response show_apply_review(const Call& call);
Response submit_application(const Call& call);
Response show_discard(const Call& call);
Response discard_form(const Call& call);
// The database is away: gives a ticket for the moment of this try.
Response keep_submission(const Call& call);

}  // namespace hanjari::web
