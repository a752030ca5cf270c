// Publications for programs: the same rights as the pages.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response list_publications_by_api(const Call& call);
Response order_publication_by_api(const Call& call);
Response describe_publication_by_api(const Call& call);
Response step_publication_by_api(const Call& call);
Response make_release_key_by_api(const Call& call);

}  // namespace hanjari::web
