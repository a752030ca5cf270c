// The people who may invigilate, as the office works with them.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response show_people(const Call& call);
Response import_shown_people(const Call& call);
Response save_shown_person(const Call& call);
Response set_shown_board(const Call& call);
Response invite_shown_people(const Call& call);
Response take_shown_step(const Call& call);

}  // namespace hanjari::web
