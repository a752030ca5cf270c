// Rows of offers and their rooms.
#pragma once

#include <string>
#include <vector>

#include "audit/store.h"
#include "hanjari/venues/venue_offers.h"

namespace hanjari::storage {

// With their rooms, by code. `condition`: of venue_offers t, with its values behind it.
std::vector<services::VenueOffer> read_offers(Connection& connection, const FieldCipher& cipher,
                                              const std::string& condition, const std::vector<std::string>& values);
void insert_offer(Connection& connection, const FieldCipher& cipher, const services::VenueOffer& offer);
// False when the stored version is not the one before.
bool update_offer(Connection& connection, const FieldCipher& cipher, const services::VenueOffer& offer);
// In place of those that are there.
void replace_offered_rooms(Connection& connection, const services::VenueOffer& offer);

}  // namespace hanjari::storage
