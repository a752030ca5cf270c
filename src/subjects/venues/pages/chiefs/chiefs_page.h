// Who looks after which venue on the exam day: given and taken back by officers and coordinators; and the page of a chief.
#pragma once

#include <optional>

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response show_chiefs(const Call& call);
Response give_shown_venue(const Call& call);
Response take_shown_venue(const Call& call);

Response list_chiefs_by_api(const Call& call);
Response give_venue_by_api(const Call& call);
Response take_venue_by_api(const Call& call);

// The venues that were given to this account, of every exam whose plan is live.
Response show_own_venues(const Call& call);
// What a chief looks after in this exam; nothing for everybody else.
std::optional<VenueCode> own_venue_of(const Call& call, const ExamCode& exam);

}  // namespace hanjari::web
