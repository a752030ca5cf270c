// Moments of an account: since when somebody is signed in, when a key was used.
#pragma once

#include <string>

#include "hanjari/site/routes.h"

namespace hanjari::web {

// The clock by which moments of an account are told: that of the service (intake/notice_of_exam.h).
std::string zone_of_service(const Call& call);

// As a clock there shows it: 2026년 11월 29일 17:12 (한국시간) / 29 November 2026 17:12 (KST).
std::string write_account_moment(Instant at, const std::string& zone, Language language);

}  // namespace hanjari::web
