// Letters and blanks of the head of a message. HTTP compares names without case in ASCII only and knows two blanks
// (RFC 9110, sections 5.1 and 5.6.3), whatever the locale of the program.
#pragma once

#include <algorithm>
#include <string_view>

namespace hanjari::web {

constexpr char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

inline bool equal_without_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

constexpr std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace hanjari::web
