// The functions behind the API of applying, and its routes.
#pragma once

#include <vector>

#include "hanjari/site/routes.h"

namespace hanjari::web {

// Portal.
Response list_recruitments(const Call& call);
Response describe_recruitment(const Call& call);
Response send_receipt_key(const Call& call);
Response show_draft(const Call& call);
Response save_draft_step(const Call& call);
Response list_draft_faults(const Call& call);
Response discard_own_draft(const Call& call);
Response submit_draft(const Call& call);
Response keep_draft(const Call& call);
Response list_applications(const Call& call);
Response describe_application(const Call& call);
Response send_receipt(const Call& call);
Response begin_fee_payment(const Call& call);
Response withdraw_own(const Call& call);
Response add_self_report(const Call& call);
Response take_payment_notification(const Call& call);
Response decide_test_order(const Call& call);

// Office.
Response list_all_recruitments(const Call& call);
Response save_recruitment(const Call& call);
Response change_recruitment_state(const Call& call);
Response list_recruitment_applications(const Call& call);
Response show_counts(const Call& call);
Response decide_accommodation_item(const Call& call);
Response list_self_reports(const Call& call);
Response decide_self_report(const Call& call);
Response decide_self_reports(const Call& call);
Response close_recruitment(const Call& call);
Response list_failed_messages(const Call& call);

void add_applying_api(std::vector<Route>& routes);

}  // namespace hanjari::web
