// Photos and plans of an offered school: sent, had back, removed.
#pragma once

#include <nlohmann/json.hpp>

#include "hanjari/site/routes.h"
#include "hanjari/venues/venue_offers.h"

namespace hanjari::web {

// Rows for the page of the offer; none where this program keeps no files.
nlohmann::json describe_offer_files(const Call& call, const services::VenueOffer& offer);
// Throws InvalidInput for what is no PDF, JPEG or PNG, and as services::attach_file.
void attach_sent_file(const Call& call);
Response list_files_by_api(const Call& call);
// The body is the file; its name stands in the query.
Response send_file_by_api(const Call& call);
Response remove_file_by_api(const Call& call);
Response download_offer_file(const Call& call);
Response remove_offer_file(const Call& call);

}  // namespace hanjari::web
