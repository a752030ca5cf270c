// The office's API of applying.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response list_all_recruitments(const Call& call);
Response save_recruitment(const Call& call);
Response change_recruitment_state(const Call& call);
Response list_recruitment_applications(const Call& call);
Response show_counts(const Call& call);
Response decide_accommodation_item(const Call& call);
Response list_self_reports(const Call& call);
Response decide_self_report(const Call& call);
Response decide_self_reports(const Call& call);
// Who would sit where; nothing is stored.
Response preview_self_reports(const Call& call);
Response order_self_report_decisions(const Call& call);
Response close_recruitment(const Call& call);
Response list_failed_messages(const Call& call);

}  // namespace hanjari::web
