// How far people travel by group: officers publish the report of the live plan, and everybody reads it on the portal.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response show_fairness_reports(const Call& call);
Response order_shown_fairness_report(const Call& call);
Response order_fairness_report_by_api(const Call& call);

Response show_seat_fairness(const Call& call);
Response download_seat_fairness(const Call& call);

}  // namespace hanjari::web
