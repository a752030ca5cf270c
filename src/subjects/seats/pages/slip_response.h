// The admission slip as a download.
#pragma once

#include <string>

#include "hanjari/domain/plan.h"
#include "hanjari/domain/recruitment.h"
#include "hanjari/site/routes.h"

namespace hanjari::web {

// `seat` holds exactly one placement. The QR code leads to the check page of the host that was asked.
// `notice`: by which people applied, for the names of the chosen subjects; null where there is none.
// `portrait`: the applicant's photo as JPEG, or empty.
Response answer_slip(const Call& call, const PlannedExam& seat, const Recruitment* notice, const std::string& plan_digest,
                     const std::string& portrait = {});

// The page that tells whether the slip is up to date, as the QR code of the slip names it: of the configuration, else of this
// machine where it was asked by its own name. Empty: slips carry no code.
std::string check_address_for(const Call& call);

}  // namespace hanjari::web
