// JSON that callers of the API send.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace hanjari::web {

// Nothing when it is not one JSON text in UTF-8, is nested deeper than 32, names a key of an object twice (programs
// disagree which counts), or holds a NUL.
// `repeated`, where it is wanted, is then the key that stands twice; empty when something else is wrong.
std::optional<nlohmann::json> parse_json_body(std::string_view body, std::string* repeated = nullptr);

}  // namespace hanjari::web
