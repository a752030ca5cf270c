#include "hanjari/base/nesting.h"

#include <algorithm>

namespace hanjari {

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
    } else if (!quoted) {
      depth += byte == '[' || byte == '{' ? 1 : byte == ']' || byte == '}' ? -1 : 0;
      deepest = std::max(deepest, depth);
    }
  }
  return deepest;
}

}  // namespace hanjari
