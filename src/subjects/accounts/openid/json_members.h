// Members of JSON objects that come from elsewhere.
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "hanjari/base/nesting.h"

namespace hanjari::openid {

// The text as JSON; a discarded value when it is none, or nested deeper than anything that a provider has to say.
inline nlohmann::json json_of(std::string_view text) {
  if (nesting_of(text) > deepest_nesting) return nlohmann::json(nlohmann::json::value_t::discarded);
  return nlohmann::json::parse(text, nullptr, false);
}

// The member's text; empty when there is none, or it is no text.
inline std::string text_of(const nlohmann::json& object, const char* name) {
  if (!object.is_object()) return {};
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

}  // namespace hanjari::openid
