// Papers of a plan, as a page and by API.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response show_papers(const Call& call);
Response order_shown_papers(const Call& call);
Response order_shown_notices(const Call& call);
Response list_paper_files(const Call& call);
Response order_papers_by_api(const Call& call);
Response order_notices_by_api(const Call& call);
// Who took which file, and when.
Response list_paper_takings(const Call& call);
Response download_papers(const Call& call);

}  // namespace hanjari::web
