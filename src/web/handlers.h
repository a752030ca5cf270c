// The functions behind the routes. Each reads its call, asks a service and shows what came of it.
#pragma once

#include "hanjari/web/routes.h"

namespace hanjari::web {

// Portal.
Response show_home(const Call& call);
Response show_seat_form(const Call& call);
Response look_up(const Call& call);
Response download_slip(const Call& call);
Response choose_check_language(const Call& call);
Response check_slip(const Call& call);

// Office.
Response show_sign_in(const Call& call);
Response sign_in_staff(const Call& call);
Response sign_out_staff(const Call& call);
Response show_office_home(const Call& call);
Response show_venues(const Call& call);

// API.
Response list_exams(const Call& call);
Response describe_routes(const Call& call);
Response download_roster(const Call& call);

// Both.
Response choose_language(const Call& call);
Response send_asset(const Call& call);
Response send_icon(const Call& call);
Response send_robots(const Call& call);

// Operations.
Response show_health(const Call& call);
Response show_live(const Call& call);
Response show_ready(const Call& call);
Response show_metrics(const Call& call);

}  // namespace hanjari::web
