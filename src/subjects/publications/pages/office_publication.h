// One version of a publication: what officers read before they sign, and its next step.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response show_publication(const Call& call);
Response step_shown_publication(const Call& call);

}  // namespace hanjari::web
