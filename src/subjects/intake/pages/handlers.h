// The functions behind the pages from the notice to the submitted application. Each reads its call, asks a use case and shows
// what came of it.
#pragma once

#include <vector>

#include "hanjari/site/routes.h"

namespace hanjari::web {

// Notices.
Response show_home(const Call& call);
Response show_notice(const Call& call);
Response download_calendar(const Call& call);

// Applying.
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

// Own applications.
Response show_own_applications(const Call& call);
Response show_own_application(const Call& call);
Response download_receipt(const Call& call);
Response send_own_photo(const Call& call);
Response download_own_document(const Call& call);
Response show_withdraw(const Call& call);
Response withdraw_application(const Call& call);
Response show_payment(const Call& call);
Response begin_own_payment(const Call& call);
Response choose_pay_language(const Call& call);
Response show_test_payment(const Call& call);
Response decide_test_payment(const Call& call);
Response show_self_report(const Call& call);
Response send_self_report(const Call& call);

// Recruitments in the office.
Response show_recruitments(const Call& call);
Response show_recruitment(const Call& call);
Response order_shown_closing(const Call& call);

// Their lines of the table.
void add_intake_routes(std::vector<Route>& routes);

}  // namespace hanjari::web
