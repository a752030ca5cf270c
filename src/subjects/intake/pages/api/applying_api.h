// The portal's API of applying.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

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
Response keep_own_withdrawal(const Call& call);
Response add_self_report(const Call& call);
Response keep_own_self_report(const Call& call);
Response take_payment_notification(const Call& call);
Response decide_test_order(const Call& call);

}  // namespace hanjari::web
