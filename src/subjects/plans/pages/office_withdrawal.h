// Taking the live plan back: on its page, and for programs.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "hanjari/site/routes.h"

namespace hanjari::web {

// What the page of the live plan shows of its withdrawal. `zone`: where the exam is held.
nlohmann::json describe_withdrawal(const Call& call, const std::string& zone);

Response withdraw_shown_plan(const Call& call);
Response describe_withdrawal_by_api(const Call& call);
Response withdraw_plan_by_api(const Call& call);

}  // namespace hanjari::web
