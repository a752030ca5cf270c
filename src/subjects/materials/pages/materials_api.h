// The ledger of materials for programs.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response describe_ledger_by_api(const Call& call);
Response hand_over_by_api(const Call& call);
Response receive_by_api(const Call& call);
Response count_by_api(const Call& call);
Response correct_by_api(const Call& call);
Response issue_signer_by_api(const Call& call);
Response read_parcel_by_api(const Call& call);
Response describe_settings_by_api(const Call& call);
Response save_settings_by_api(const Call& call);
// Begins or ends the dry run of the account.
Response step_dry_run_by_api(const Call& call);

}  // namespace hanjari::web
