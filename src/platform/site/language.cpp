#include "site/language.h"

#include <algorithm>

namespace hanjari::web {
namespace {

bool begins_with_language(std::string_view path, std::string_view code) {
  return path.size() >= 3 && path.substr(1, 2) == code && (path.size() == 3 || path[3] == '/');
}

}  // namespace

Language language_of(const Request& request) {
  if (begins_with_language(request.path, "ko")) return Language::korean;
  if (begins_with_language(request.path, "en")) return Language::english;
  if (const auto chosen = request.cookie(language_cookie)) {
    if (*chosen == "ko") return Language::korean;
    if (*chosen == "en") return Language::english;
  }
  // Language ranges have the form of media ranges: a wildcard, and the more exact the stronger.
  std::string ranges;
  std::string_view rest = request.header("accept-language");
  while (!rest.empty()) {
    const auto comma = rest.find(',');
    auto range = rest.substr(0, comma);
    while (range.starts_with(' ')) range.remove_prefix(1);
    const auto parameters = range.find(';');
    const auto tag = range.substr(0, std::min({range.find('-'), range.find(';'), range.size()}));
    ranges += "x/" + std::string(tag) +
              (parameters == std::string_view::npos ? "" : std::string(range.substr(parameters))) + ",";
    if (comma == std::string_view::npos) break;
    rest.remove_prefix(comma + 1);
  }
  return choose_media_type(ranges, {"x/ko", "x/en"}) == "x/en" ? Language::english : Language::korean;
}

}  // namespace hanjari::web
