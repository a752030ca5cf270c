// A seat that is another one than the person last looked at, in words.
#pragma once

#include <functional>
#include <string>

#include <nlohmann/json.hpp>

#include "hanjari/plans/seat_views.h"
#include "hanjari/site/routes.h"

namespace hanjari::web {

// Rows of what differs: what, before, now.
nlohmann::json describe_change(const Call& call, const services::ShownSeat& before, const services::ShownSeat& now);

// VENUE/ROOM/SEAT_NO as people read it, with the name of the venue that `name_of_venue` gives for its code.
std::string write_place(const Call& call, const std::string& place,
                        const std::function<std::string(const VenueCode&)>& name_of_venue);

}  // namespace hanjari::web
