// Schools that are kept beyond one exam: listed, kept from an offer, offered again, forgotten.
#pragma once

#include <nlohmann/json.hpp>

#include "hanjari/site/routes.h"

namespace hanjari::web {

// Schools to choose from, for the page of an exam's offers; none where this program keeps no library.
nlohmann::json describe_library_choices(const Call& call);

Response show_library(const Call& call);
Response remove_shown_school(const Call& call);
// Of {code} and {venue_code}.
Response keep_shown_offer(const Call& call);
// Into {code}.
Response offer_shown_school(const Call& call);

Response list_library_by_api(const Call& call);
Response keep_offer_by_api(const Call& call);
Response offer_school_by_api(const Call& call);
Response remove_school_by_api(const Call& call);

}  // namespace hanjari::web
