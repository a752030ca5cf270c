// Applying as JSON.
#pragma once

#include <nlohmann/json.hpp>

#include "hanjari/intake/use_cases.h"
#include "hanjari/site/routes.h"
#include "site/pages/json_call.h"

namespace hanjari::web {

// The services of applying; throws NotFound where this program takes no applications.
services::UseCases& intake_of(const Call& call);
services::Applicant applicant_of(const Call& call);
// A member of the object, or what it is otherwise; throws InvalidInput (bad_member) for another type.
std::string text_member(const nlohmann::json& object, const char* name, const std::string& otherwise = {});
std::int64_t number_member(const nlohmann::json& object, const char* name, std::int64_t otherwise);

nlohmann::ordered_json as_json(const services::Draft& draft);
nlohmann::ordered_json as_json(const Application& application);
nlohmann::ordered_json as_json(const services::Payment& payment);
nlohmann::ordered_json as_json(const services::SelfReport& report);
nlohmann::ordered_json as_json(const FieldFault& fault, Language language);

}  // namespace hanjari::web
