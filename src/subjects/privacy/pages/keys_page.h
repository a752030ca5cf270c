// New keys for all personal data.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response show_keys(const Call& call);
Response order_new_keys(const Call& call);

}  // namespace hanjari::web
