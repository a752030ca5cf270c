// What callers of the API send and are answered as JSON.
#pragma once

#include <nlohmann/json.hpp>

#include "hanjari/site/routes.h"

namespace hanjari::web {

// The body as an object, empty for no body. Throws Refused: 415 for another media type, 400 for anything but one object.
nlohmann::json read_json(const Call& call);

Response answer_json(const nlohmann::ordered_json& value, int status = 200);

}  // namespace hanjari::web
