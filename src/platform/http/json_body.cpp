#include "http/json_body.h"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

namespace hanjari::web {
namespace {

constexpr int deepest = 32;

// What a text takes if it is JSON.
struct Shape {
  int depth = 0;           // of the deepest level
  std::size_t values = 0;  // keys of objects among them
};

Shape shape_of(std::string_view body) {
  Shape shape;
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
      shape.depth = std::max(shape.depth, ++depth);
      ++shape.values;
    } else if (c == '}' || c == ']') {
      --depth;
    } else if (c == ',' || c == ':') {
      ++shape.values;
    }
  }
  return shape;
}

}  // namespace

bool has_too_many_values(std::string_view body) {
  return shape_of(body).values > most_json_values;
}

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
  // Counted before parsing: the library takes memory for every level that opens and for every value.
  const Shape shape = shape_of(body);
  if (shape.depth > deepest || shape.values > most_json_values) return std::nullopt;
  nlohmann::json parsed = nlohmann::json::parse(body.begin(), body.end(), judge, false);
  if (refused || parsed.is_discarded()) return std::nullopt;
  return parsed;
}

}  // namespace hanjari::web
