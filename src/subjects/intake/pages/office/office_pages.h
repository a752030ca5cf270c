// The applications of a recruitment as the office sees them.
#pragma once

#include <vector>

#include "hanjari/site/routes.h"

namespace hanjari::web {

void add_office_application_routes(std::vector<Route>& routes);

Response show_application_table(const Call& call);
// The name comes in the body and leaves as its key: no address names anybody.
Response search_by_name(const Call& call);
Response order_shown_keys(const Call& call);
Response show_person(const Call& call);
Response send_person_file(const Call& call);
Response release_shown_claim(const Call& call);
Response show_correction(const Call& call);
Response save_correction(const Call& call);
Response show_waiting(const Call& call);
Response decide_waiting(const Call& call);
Response show_many(const Call& call);
Response decide_shown_many(const Call& call);
// Health reports that wait, and what the decision on those ticked would do.
Response show_health_reports(const Call& call);
Response decide_health_reports(const Call& call);
Response show_refunds(const Call& call);
Response decide_shown_payment(const Call& call);
Response show_figures(const Call& call);
Response download_figures(const Call& call);

}  // namespace hanjari::web
