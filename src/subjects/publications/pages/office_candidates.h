// The register of candidates in the office: who passed finally, who registered, who declines, and the reserve; the same by the API.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response show_candidates(const Call& call);
Response step_shown_candidate(const Call& call);
Response list_candidates_by_api(const Call& call);
Response step_candidate_by_api(const Call& call);

}  // namespace hanjari::web
