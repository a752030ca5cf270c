// The ledger of an exam and of one venue, with every form of it.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response show_materials(const Call& call);
Response show_venue_materials(const Call& call);
Response save_shown_settings(const Call& call);
Response hand_over_shown(const Call& call);
Response receive_shown(const Call& call);
Response count_shown(const Call& call);
Response correct_shown(const Call& call);
Response issue_shown_signer(const Call& call);
Response step_shown_dry_run(const Call& call);

}  // namespace hanjari::web
