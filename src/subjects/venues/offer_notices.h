// What is told by mail when an offer changes hands. Nobody without an address is told anything.
#pragma once

#include <vector>

#include "hanjari/venues/venue_offers.h"

namespace hanjari::services {

// Each of these is called before the step is saved: `offer.version` is the one before it.

// The school has answered: its district is told what, and the city that the offer waits for it.
void tell_of_school_answer(const VenueRequest& request, const VenueOffer& offer, SchoolAnswer answer,
                           const std::string& told, std::vector<Message>& messages);
// The district took back what the city counted on: a confirmed or accepted offer was changed or withdrawn.
void tell_city_of_loss(const VenueRequest& request, const VenueOffer& offer, OfferState before,
                       std::vector<Message>& messages);
// The city has accepted what the school confirmed.
void tell_school_of_acceptance(const VenueOffer& offer, const ExamWords& exam, std::vector<Message>& messages);
// The mail of it. `accepted`: the version that the acceptance made of the offer; whoever writes it again writes the same one.
Message notice_of_acceptance(const VenueOffer& offer, std::int64_t accepted, const ExamWords& exam);
// Of a mail that tells an accepted school of this exam day: one for each day. Earlier versions told of one day alone.
std::string id_of_accepted_day(const VenueOffer& offer, std::int64_t accepted, const ExamWords& exam);
std::string id_of_acceptance_before(const VenueOffer& offer);
// A school that was asked is not asked any more.
void tell_school_of_withdrawal(const VenueOffer& offer, OfferState before, std::vector<Message>& messages);

}  // namespace hanjari::services
