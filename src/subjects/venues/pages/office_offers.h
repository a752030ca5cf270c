// Venues of an exam on their way: the city's request with the table of all districts, and the offers.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

// Of the city: all districts and offers. Of a district: what is asked of it, and its own offers.
Response show_offers(const Call& call);
Response save_shown_request(const Call& call);
Response add_shown_offer(const Call& call);
Response copy_shown_offers(const Call& call);
Response adopt_shown_offers(const Call& call);

}  // namespace hanjari::web
