// Links for checkers of subjects: the office sends them, and the portal shows their page.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response send_shown_checker_link(const Call& call);
Response send_checker_link_by_api(const Call& call);
// For whoever has the link; the code is asked for first, and with every step.
Response show_subject_check(const Call& call);
Response answer_subject_check(const Call& call);

}  // namespace hanjari::web
