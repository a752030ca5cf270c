// JSON that callers of the API send.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace hanjari::web {

// So many values and keys a body may hold: one of two letters takes a hundred bytes once it is read, so that the size of the
// text alone bounds no memory.
constexpr std::size_t most_json_values = 200'000;
// Whether the text holds more, without reading it as JSON.
bool has_too_many_values(std::string_view body);

// Nothing when it is not one JSON text in UTF-8, is nested deeper than 32, has too many values, names a key of an object
// twice (programs disagree which counts), or holds a NUL.
// `repeated`, where it is wanted, is then the key that stands twice; empty when something else is wrong.
std::optional<nlohmann::json> parse_json_body(std::string_view body, std::string* repeated = nullptr);

}  // namespace hanjari::web
