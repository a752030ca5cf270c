#include <nlohmann/json.hpp>

#include "hanjari/base/error.h"
#include "hanjari/definitions/definitions.h"

namespace hanjari::services {
namespace {

[[noreturn]] void throw_wrong_choices() {
  throw InvalidInput("bad_member", {"choices says 'mine' or 'theirs' of each path.",
                                    "choices의 값은 경로마다 'mine'이나 'theirs'여야 합니다."});
}

}  // namespace

std::optional<Side> parse_side(std::string_view word) {
  if (word == "mine") return Side::mine;
  if (word == "theirs") return Side::theirs;
  return std::nullopt;
}

std::map<std::string, Side> read_choices(std::string_view object) {
  const nlohmann::json read = nlohmann::json::parse(object, nullptr, false);
  if (!read.is_object()) throw_wrong_choices();
  std::map<std::string, Side> choices;
  for (const auto& [path, word] : read.items()) {
    const auto side = word.is_string() ? parse_side(word.get<std::string>()) : std::nullopt;
    if (!side) throw_wrong_choices();
    choices[path] = *side;
  }
  return choices;
}

}  // namespace hanjari::services
