// The whole form as it will be submitted, in the words of the page.
#pragma once

#include <nlohmann/json.hpp>

#include "intake/pages/apply/apply_steps.h"

namespace hanjari::web {

// Sets sections, fee, closes_words, key and submit_action.
void describe_review(const Call& call, const Applying& applying, nlohmann::json& data);

// The rows of a form that an application page shows too.
nlohmann::json describe_person_rows(const Call& call, const Recruitment& notice, const ApplicationForm& form);
nlohmann::json describe_claim_rows(const Call& call, const NoticeUnit* unit, const ApplicationForm& form);

}  // namespace hanjari::web
