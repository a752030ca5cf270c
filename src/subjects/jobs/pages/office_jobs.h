// The office's pages of jobs and their API.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response show_jobs(const Call& call);
Response show_job(const Call& call);
Response cancel_shown_job(const Call& call);
Response list_jobs(const Call& call);
Response describe_job(const Call& call);
Response cancel_job(const Call& call);

}  // namespace hanjari::web
