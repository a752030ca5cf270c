// Whose an offer is, and what every step of one has in common.
#pragma once

#include <string>

#include "hanjari/base/error.h"
#include "hanjari/venues/venue_offers.h"
#include "venues/entry_faults.h"

namespace hanjari::services {

// One refusal for what is another district's and for what is not there, so that nobody learns which of the two it is.
[[noreturn]] void throw_not_your_district();
bool is_of_city(const Actor& actor);
// Throws NotAllowed (not_your_venue) unless the actor is of the city.
void require_city(const Actor& actor);
// The same unless the actor is of the city or coordinates this district.
void require_own_district(const Actor& actor, const DistrictCode& district);
// save_own_offer without the rule of codes, for schools that kept theirs from an earlier exam.
VenueOffer save_known_offer(VenueOfferRepository&, const Actor&, VenueOffer filled, Instant now);
// Throws Conflict (too_many_offers) where a district would have more than it may for an exam.
void require_room_for_offers(VenueOfferRepository&, const ExamCode& exam, const DistrictCode& district, std::size_t more);
// Cleans what was filled in, and adds all that is wrong with it.
void find_offer_faults(VenueOffer& filled, const SeatRule& rule, EntryFaults& faults);
// Adds the rooms whose desks cannot be counted by the rule; each shape is tried once.
void find_uncountable(const std::vector<Room>& rooms, const SeatRule& rule, EntryFaults& faults);
// Throws Conflict (offer_changed) when somebody was faster.
void require_version(const VenueOffer& offer, std::int64_t version);
[[noreturn]] void throw_wrong_state(const VenueOffer& offer);
// Throws InvalidInput (told_missing) for no words, (value_too_long) for too many.
std::string require_told(const std::string& told);
// The longest note, in characters.
inline constexpr std::size_t longest_note = 1000;
std::size_t count_characters(const std::string& text);
// A mail in both languages, to an office of which nobody knows which it reads; nothing goes out without an address.
Message message_to_office(const std::string& dedupe_id, const ExamCode& exam, const std::string& email,
                          const Text& subject, const Text& body);

}  // namespace hanjari::services
