// The page on which a school answers by a link with a code, without an account.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

// Opening it changes nothing: mail programs open links by themselves.
Response show_school_question(const Call& call);
Response answer_school_question(const Call& call);

}  // namespace hanjari::web
