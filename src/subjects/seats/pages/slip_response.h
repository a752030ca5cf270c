// The admission slip as a download.
#pragma once

#include <string>

#include "hanjari/domain/plan.h"
#include "hanjari/domain/recruitment.h"
#include "hanjari/site/routes.h"

namespace hanjari::web {

// `seat`, which holds exactly one placement, with the chosen subjects by the names of the notice: the exam package knows
// their codes only, and a slip is for people.
PlannedExam with_subject_names(PlannedExam seat, const Recruitment& notice, Language language);

// `seat` holds exactly one placement. The QR code leads to the check page of the host that was asked.
// `portrait`: the applicant's photo as JPEG, or empty.
Response answer_slip(const Call& call, const PlannedExam& seat, const std::string& plan_digest,
                     const std::string& portrait = {});

}  // namespace hanjari::web
