// The admission slip as a download.
#pragma once

#include <string>

#include "hanjari/domain/plan.h"
#include "hanjari/site/routes.h"

namespace hanjari::web {

// `seat` holds exactly one placement. The QR code leads to the check page of the host that was asked.
// `portrait`: the applicant's photo as JPEG, or empty.
Response answer_slip(const Call& call, const PlannedExam& seat, const std::string& plan_digest,
                     const std::string& portrait = {});

}  // namespace hanjari::web
