// The duties of an exam as the office works with them: made, looked at, changed by hand, exchanged.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response show_duties_page(const Call& call);
Response order_shown_staffing(const Call& call);
Response edit_shown_duties(const Call& call);
Response refuse_shown_swap(const Call& call);

}  // namespace hanjari::web
