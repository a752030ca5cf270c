// The certificate of the own result and the days to keep, for its owner after the minute; and the page on which anybody checks a
// certificate.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response download_own_certificate(const Call& call);
Response download_own_certificate_text(const Call& call);
Response download_own_days(const Call& call);
Response download_own_final_certificate(const Call& call);
Response download_own_final_certificate_text(const Call& call);
Response download_own_final_days(const Call& call);
Response show_certificate_form(const Call& call);
Response check_certificate(const Call& call);

}  // namespace hanjari::web
