// The functions behind the routes. Each reads its call, asks a service and shows what came of it.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

// Portal.
Response show_home(const Call& call);
Response show_seat_form(const Call& call);
Response look_up(const Call& call);
Response download_slip(const Call& call);
Response choose_check_language(const Call& call);
Response check_slip(const Call& call);

// Notices and applying.
Response show_notice(const Call& call);
Response download_calendar(const Call& call);
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
Response show_own_seat(const Call& call);
Response show_wallet_slip(const Call& call);
Response download_own_slip(const Call& call);
Response show_self_report(const Call& call);
Response send_self_report(const Call& call);

// Office.
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
