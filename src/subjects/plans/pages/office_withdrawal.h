// Taking the live plan back: on its page, and for programs.
#pragma once

#include <nlohmann/json.hpp>

#include "hanjari/plans/exams.h"
#include "hanjari/site/routes.h"

namespace hanjari::web {

// What the page of the live plan shows of its withdrawal: after the day of the exam a proposal that can still be taken
// back, and without one nothing (false).
nlohmann::json describe_withdrawal(const Call& call, const services::ExamHead& head);

Response withdraw_shown_plan(const Call& call);
Response describe_withdrawal_by_api(const Call& call);
Response withdraw_plan_by_api(const Call& call);

}  // namespace hanjari::web
