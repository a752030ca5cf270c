// Whether a slip is still right.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response choose_check_language(const Call& call);
Response check_slip(const Call& call);

}  // namespace hanjari::web
