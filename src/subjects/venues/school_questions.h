// The message with which a school is asked to confirm an offer.
#pragma once

#include <string>

#include "hanjari/venues/venue_offers.h"

namespace hanjari::services {

// Six digits.
std::string draw_school_code();
// `link`: with the secret of the question, of which only the hash is kept.
Message school_message(const VenueOffer& offer, const SchoolQuestion& question, const std::string& link,
                       const std::string& code, const ExamWords& exam);

}  // namespace hanjari::services
