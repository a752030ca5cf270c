// The final stage of an exam for officers, and the same by the API: what was decided on the grades of interviews, and the next decision.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response show_final_stage(const Call& call);
Response decide_shown_final_stage(const Call& call);

Response list_finals_by_api(const Call& call);
Response decide_final_stage_by_api(const Call& call);
Response download_final_file(const Call& call);

}  // namespace hanjari::web
