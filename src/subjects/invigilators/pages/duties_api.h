// Invigilators and duties for programs, and duties as files; the same rights and the same minute as the pages.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response list_people_by_api(const Call& call);
Response save_person_by_api(const Call& call);
Response import_people_by_api(const Call& call);
Response describe_board_by_api(const Call& call);
Response set_board_by_api(const Call& call);
Response invite_by_api(const Call& call);
Response take_step_by_api(const Call& call);
Response describe_duties_by_api(const Call& call);
Response order_staffing_by_api(const Call& call);
Response edit_duties_by_api(const Call& call);
// Exchanges that are not settled yet.
Response list_swaps_by_api(const Call& call);
Response refuse_swap_by_api(const Call& call);
Response download_duties(const Call& call);
Response download_room_assignments(const Call& call);
Response download_pay_list(const Call& call);
Response download_staffing_file(const Call& call);

}  // namespace hanjari::web
