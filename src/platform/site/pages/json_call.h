// What callers of the API send and are answered as JSON.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "hanjari/site/routes.h"

namespace hanjari::web {

// The body as an object, empty for no body. Its members are those of the route (take_members). Throws Refused: 415 for
// another media type, 400 for anything but one object; InvalidInput (unknown_member) for other members.
nlohmann::json read_json(const Call& call);
// The same rule for an object inside a body: a misspelt member is not passed over in silence. Throws InvalidInput
// (unknown_member) that names every member which is not known and lists those that are.
void require_known_members(const nlohmann::json& object, const std::vector<std::string>& known);
// Text in the body under the key; empty when it is absent. Throws InvalidInput for another type, as those below.
std::string text_in(const nlohmann::json& body, const char* key);
// True or false; false when it is absent.
bool flag_in(const nlohmann::json& body, const char* key);
// A whole number from 0; nothing when it is absent.
std::optional<std::int64_t> count_in(const nlohmann::json& body, const char* key);

Response answer_json(const nlohmann::ordered_json& value, int status = 200);

}  // namespace hanjari::web
