#include "hanjari/base/nesting.h"

#include <algorithm>

namespace hanjari {
namespace {

constexpr std::string_view line_ends("\r\n\0", 3);  // where nlohmann::json lets a comment of one line end

// The last byte of the comment that begins at `at`; `at` where none begins. A quote inside of it opens no text.
std::size_t end_of_comment(std::string_view text, std::size_t at) {
  const std::string_view begun = text.substr(at, 2);
  if (begun != "//" && begun != "/*") return at;
  const std::size_t end = begun == "//" ? text.find_first_of(line_ends, at) : text.find("*/", at + 2);
  if (end == std::string_view::npos) return text.size() - 1;
  return begun == "//" ? end : end + 1;
}

}  // namespace

int nesting_of(std::string_view text) {
  int depth = 0;
  int deepest = 0;
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char byte = text[at];
    if (quoted && byte == '\\') {
      ++at;
    } else if (byte == '"') {
      quoted = !quoted;
    } else if (!quoted && byte == '/') {
      at = end_of_comment(text, at);
    } else if (!quoted) {
      depth += byte == '[' || byte == '{' ? 1 : byte == ']' || byte == '}' ? -1 : 0;
      deepest = std::max(deepest, depth);
    }
  }
  return deepest;
}

}  // namespace hanjari
