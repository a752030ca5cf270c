// One room drawn with its desks, each to be blocked by click or key.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response show_offered_room(const Call& call);
// Counts without saving, saves, or gives other rooms the same shape, as the button says.
Response save_offered_room(const Call& call);

}  // namespace hanjari::web
