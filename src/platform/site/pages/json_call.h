// What callers of the API send and are answered as JSON.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <nlohmann/json.hpp>

#include "hanjari/site/routes.h"

namespace hanjari::web {

// The body as an object, empty for no body. Throws Refused: 415 for another media type, 400 for anything but one object.
nlohmann::json read_json(const Call& call);
// Text in the body under the key; empty when it is absent. Throws InvalidInput for another type, as those below.
std::string text_in(const nlohmann::json& body, const char* key);
// True or false; false when it is absent.
bool flag_in(const nlohmann::json& body, const char* key);
// A whole number from 0; nothing when it is absent.
std::optional<std::int64_t> count_in(const nlohmann::json& body, const char* key);

Response answer_json(const nlohmann::ordered_json& value, int status = 200);

}  // namespace hanjari::web
