// The functions behind the pages of a person's seat and its admission slip.
#pragma once

#include <vector>

#include "hanjari/site/routes.h"

namespace hanjari::web {

// By number and birth date.
Response show_seat_form(const Call& call);
Response look_up(const Call& call);
Response download_slip(const Call& call);

// Of who has signed in.
Response show_own_seat(const Call& call);
Response show_wallet_slip(const Call& call);
Response download_own_slip(const Call& call);

// Whether a slip is still right.
Response choose_check_language(const Call& call);
Response check_slip(const Call& call);

// Their lines of the table.
void add_seat_routes(std::vector<Route>& routes);

}  // namespace hanjari::web
