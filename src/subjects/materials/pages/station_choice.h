// The places of the ledger that a form offers.
#pragma once

#include <optional>
#include <vector>

#include <nlohmann/json.hpp>

#include "hanjari/materials/packing.h"
#include "materials/pages/material_calls.h"

namespace hanjari::web {

services::Station district_station(const DistrictCode& district);
// A room of the venue, or without a number the venue itself.
services::Station venue_station(const services::VenueSummary& venue, int room_no = 0);

// Those that the account may name; of one venue (`packing`) with its rooms.
std::vector<services::Station> stations_of(const services::MaterialDesk& desk, const VenueNames& names, const services::Packing* packing,
                                           const std::vector<services::Entry>& entries);
nlohmann::json describe_stations(const Call& call, const std::vector<services::Station>& stations, const VenueNames& names,
                                 const std::optional<services::Station>& chosen);

}  // namespace hanjari::web
