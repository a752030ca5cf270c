// The seat look-up, by number and birth date.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response show_seat_form(const Call& call);
Response look_up(const Call& call);
Response download_slip(const Call& call);

}  // namespace hanjari::web
