// The page of the day for the chief of a venue, its check list, and how far all venues are.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response describe_own_note_by_api(const Call& call);
Response save_own_note_by_api(const Call& call);
Response download_briefing_file(const Call& call);
Response show_briefing(const Call& call);
Response tick_shown(const Call& call);
Response show_readiness(const Call& call);
Response save_shown_note(const Call& call);

Response describe_briefing_by_api(const Call& call);
Response tick_by_api(const Call& call);
Response list_readiness_by_api(const Call& call);

}  // namespace hanjari::web
