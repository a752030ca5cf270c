// The own seat of who has signed in.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response show_own_seat(const Call& call);
Response show_wallet_slip(const Call& call);
Response download_own_slip(const Call& call);

}  // namespace hanjari::web
