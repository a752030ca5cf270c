// Bytes as hexadecimal digits.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hanjari {

// The value of one digit of either case, 0 to 15; -1 when it is none.
constexpr int hex_digit(char digit) {
  if (digit >= '0' && digit <= '9') return digit - '0';
  if (digit >= 'a' && digit <= 'f') return digit - 'a' + 10;
  if (digit >= 'A' && digit <= 'F') return digit - 'A' + 10;
  return -1;
}

// Two lower-case digits for each byte.
std::string to_hex(std::string_view bytes);

// The bytes that pairs of digits of either case stand for; nothing when anything else is written.
std::optional<std::string> parse_hex(std::string_view text);

}  // namespace hanjari
