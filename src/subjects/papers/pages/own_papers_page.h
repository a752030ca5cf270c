// The papers of the own venues, for coordinators and chiefs: chosen on a page, taken as one ZIP.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response show_own_papers(const Call& call);
Response download_own_papers(const Call& call);
// What this account took: plans, the one that was taken last first.
Response list_own_editions_by_api(const Call& call);
// Of {venue_code} alone.
Response download_papers_of_venue(const Call& call);

}  // namespace hanjari::web
