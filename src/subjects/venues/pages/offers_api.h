// Requests and offers of venues for programs.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response describe_request_by_api(const Call& call);
Response save_request_by_api(const Call& call);
Response list_offers_by_api(const Call& call);
Response describe_offer_by_api(const Call& call);
Response save_offer_by_api(const Call& call);
Response step_offer_by_api(const Call& call);
Response adopt_offers_by_api(const Call& call);
// venues.csv and rooms.csv of the accepted offers.
Response download_accepted(const Call& call);

}  // namespace hanjari::web
