// The publications of an exam: what was made, ordering a version, and the own release key.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response show_publications(const Call& call);
Response order_shown_publication(const Call& call);
Response make_shown_release_key(const Call& call);

}  // namespace hanjari::web
