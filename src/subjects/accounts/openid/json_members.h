// Members of JSON objects that come from elsewhere.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

namespace hanjari::openid {

// The member's text; empty when there is none, or it is no text.
inline std::string text_of(const nlohmann::json& object, const char* name) {
  if (!object.is_object()) return {};
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

}  // namespace hanjari::openid
