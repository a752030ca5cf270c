// What pages and API of offers share: the repository behind a call, the exam's words, and entries as offers.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "hanjari/site/site.h"
#include "hanjari/venues/venue_offers.h"
#include "site/pages/json_call.h"
#include "site/pages/pages.h"

namespace hanjari::web {

struct OffersCall {
  services::VenueOfferRepository& offers;
  ExamCode exam;
  services::ExamWords words;
  std::optional<Date> exam_on;  // nothing while the exam itself is not stored
};

// Throws NotFound (no_venue_requests) where this program asks for no venues.
OffersCall offers_of(const Call& call);
// The contact of the school, if there is one, is about to be shown.
void record_contact_shown(const Call& call, const services::VenueOffer& offer);
// Of {venue_code}. The contact of the school is shown with it, which is recorded before.
services::VenueOffer open_offer_of(const Call& call, const OffersCall& of);

// The same for what follows the first question: throws NotFound for an exam that is neither stored nor asked for schools,
// before anything that was sent is read.
OffersCall asked_of(const Call& call);
std::string address_of_offers(const Call& call, const ExamCode& exam);
std::string address_of_offer(const Call& call, const services::VenueOffer& offer);

// A whole number; nothing for an empty text. Throws InvalidInput (bad_request) that names the field for anything else.
// `column`: what files call the number, whose words may stand beside it (130 cm, 25명).
std::optional<std::int64_t> whole_number_in(const std::string& typed, const Text& field, std::string_view column = {});
// No number (NaN) for an empty text: nothing lies at the equator because somebody left a field empty.
double degrees_in(const std::string& typed, const Text& field);
std::optional<int> time_in(const std::string& typed, const Text& field);
// A district as it is typed or sent: by code or by name. Throws InvalidInput (bad_district) for a name that several have.
DistrictCode district_in(const std::string& typed);
// The moment by which districts answer, as a person or a program writes it: with its distance from UTC, or by the clock of the
// zone in every spelling of files and forms.
Instant due_in(const std::string& typed, const std::string& time_zone);
std::int64_t offer_version_in(const std::string& typed);

// Everything of an offer but its rooms, from the fields of the form; those are the keys of the API too. `before`: what
// is kept of the rest; of a new offer one with exam and district.
services::VenueOffer read_offer_fields(const Values& fields, services::VenueOffer before);

// Takes the step that a word names: propose, withdraw, accept, ask_back.
services::VenueOffer take_offer_step(const Call& call, const OffersCall& of, const std::string& step,
                                     std::int64_t version, const std::string& told);

// From "min_gap_cm" and "people_cap"; what is empty is as in `otherwise`.
services::SeatRule read_rule(const Values& fields, const services::SeatRule& otherwise);

}  // namespace hanjari::web
