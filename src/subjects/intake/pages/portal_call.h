// What every page of an applicant begins with.
#pragma once

#include <chrono>
#include <string>

#include "hanjari/intake/use_cases.h"
#include "hanjari/plans/seat_views.h"
#include "hanjari/site/routes.h"
#include "site/pages/pages.h"

namespace hanjari::web {

// Throws NotFound (no_such_page) where applications are not taken.
services::UseCases& load_intake(const Call& call);
services::SeatViewRepository& load_seat_views(const Call& call);
// Who has signed in; for routes that need it.
services::Applicant applicant_of(const Call& call);
// The address of the own photo.
std::string photo_address(const Call& call, const AttachmentId& photo);
// Makes the page `apply_queue` send these fields once more, by its button and in the other language.
void send_once_more(Page& page, const Values& fields);
// The page with the time after which it sends by itself.
Response send_again(const Call& call, Page page, std::chrono::seconds after);
// The database is away: the page that sends a step after applying once more, with a ticket for the moment of its first try
// beside these fields. `title`, `lead`: messages.
Response keep_timed_step(const Call& call, services::TimedStep step, const char* title, const char* lead, Values fields);
// When the step came, and the ticket of an earlier try.
services::SentMoment sent_step(const Call& call);

}  // namespace hanjari::web
