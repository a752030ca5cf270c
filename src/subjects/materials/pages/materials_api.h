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

}  // namespace hanjari::web
