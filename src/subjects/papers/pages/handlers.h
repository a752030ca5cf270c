// The functions behind the page of papers of a plan and their API.
#pragma once

#include <vector>

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response show_papers(const Call& call);
Response order_shown_papers(const Call& call);
Response order_shown_notices(const Call& call);
Response list_paper_files(const Call& call);
Response order_papers_by_api(const Call& call);
Response order_notices_by_api(const Call& call);
Response download_papers(const Call& call);

// Their lines of the table.
void add_paper_routes(std::vector<Route>& routes);

}  // namespace hanjari::web
