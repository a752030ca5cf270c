// Grades of interviews in the office: two officers enter them without seeing each other's, and what differs is listed and settled.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response show_interviews(const Call& call);
Response enter_shown_interviews(const Call& call);
Response settle_shown_interview(const Call& call);

// The same for programs.
Response list_interviews_by_api(const Call& call);
Response enter_interviews_by_api(const Call& call);
Response settle_interview_by_api(const Call& call);
Response download_interviews(const Call& call);

}  // namespace hanjari::web
