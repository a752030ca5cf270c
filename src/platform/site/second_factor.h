// The second factor of a step, asked for anew on a page or by the API: a code of the authenticator, or a security key.
// One piece for all such steps, so that none of them knows only one of the two.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "hanjari/accounts/security_keys.h"
#include "hanjari/site/routes.h"

namespace hanjari::web {

// What the template second_factor draws inside a form: `field`, the id of the code's field, and what a key signs.
// `what` names the step and what it is taken of, with the digest that was seen: of anything else the key's answer says
// nothing.
nlohmann::json ask_second_factor(const Call& call, const std::string& field, const std::string& what);
// The same for programs: `challenge` and `ids`, in hexadecimal digits.
nlohmann::ordered_json key_question(const Call& call, const std::string& what);

// From the fields of a form, and from a body of JSON: `code`, or the four that start with "key_", in hexadecimal
// digits.
services::StepFactor typed_factor(const Call& call);
services::StepFactor sent_factor(const Call& call, const nlohmann::json& body);

// Throws NotAllowed (wrong_code, too_many_attempts).
void confirm_second_factor(const Call& call, services::StepFactor factor, const std::string& what);

}  // namespace hanjari::web
