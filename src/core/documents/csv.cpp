#include "hanjari/documents/csv.h"

#include <array>

namespace hanjari::documents {

std::string defuse_formula(std::string_view value) {
  // The last four are = + - @ in the full-width forms that spreadsheet programs of East Asia take for the narrow ones.
  constexpr std::array<std::string_view, 11> dangerous = {
      "=", "+", "-", "@", "\t", "\r", "\n", "\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0"};
  for (const std::string_view beginning : dangerous) {
    if (!value.starts_with(beginning)) continue;
    std::string defused(1, '\'');
    defused += value;
    return defused;
  }
  return std::string(value);
}

void PeopleCsv::add_line(const std::vector<std::string>& values) {
  bool first = true;
  for (const std::string& value : values) {
    if (!first) bytes_ += ',';
    first = false;
    const std::string safe = defuse_formula(value);
    const bool edge_space = !safe.empty() && (safe.front() == ' ' || safe.back() == ' ');
    if (!edge_space && safe.find_first_of(",\"\r\n\t") == std::string::npos) {
      bytes_ += safe;
      continue;
    }
    bytes_ += '"';
    for (const char c : safe) {
      if (c == '"') bytes_ += '"';
      bytes_ += c;
    }
    bytes_ += '"';
  }
  bytes_ += "\r\n";
}

}  // namespace hanjari::documents
