// The first page of officers and coordinators: the exams, with what waits for somebody.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

// Coordinators see exams with a live plan, officers every stored exam with its state. Whoever has one exam and nothing else
// to see goes on to its venues.
Response open_venue_request(const Call& call);
Response show_office_home(const Call& call);

}  // namespace hanjari::web
