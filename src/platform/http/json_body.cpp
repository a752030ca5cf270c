#include "http/json_body.h"

#include <set>
#include <string>
#include <vector>

namespace hanjari::web {
namespace {

constexpr int deepest = 32;

}  // namespace

std::optional<nlohmann::json> parse_json_body(std::string_view body, std::string* repeated) {
  using Event = nlohmann::json::parse_event_t;
  bool refused = false;
  std::vector<std::set<std::string>> keys;
  const auto judge = [&](int depth, Event event, nlohmann::json& value) {
    if (depth > deepest) refused = true;
    if (event == Event::object_start) keys.emplace_back();
    if (event == Event::object_end && !keys.empty()) keys.pop_back();
    if (event == Event::key && !keys.empty() && !keys.back().insert(value.get<std::string>()).second) {
      refused = true;
      if (repeated != nullptr) *repeated = value.get<std::string>();
    }
    if ((event == Event::key || event == Event::value) && value.is_string() &&
        value.get_ref<const std::string&>().find('\0') != std::string::npos) {
      refused = true;
    }
    return !refused;
  };
  // Depth is counted before parsing too: the library takes memory for every level that opens.
  int depth = 0;
  bool in_text = false;
  for (std::size_t at = 0; at < body.size(); ++at) {
    const char c = body[at];
    if (in_text) {
      if (c == '\\') ++at;
      if (c == '"') in_text = false;
    } else if (c == '"') {
      in_text = true;
    } else if (c == '{' || c == '[') {
      if (++depth > deepest) return std::nullopt;
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
  nlohmann::json parsed = nlohmann::json::parse(body.begin(), body.end(), judge, false);
  if (refused || parsed.is_discarded()) return std::nullopt;
  return parsed;
}

}  // namespace hanjari::web
