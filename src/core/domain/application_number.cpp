#include "hanjari/domain/application_number.h"

#include <cstddef>

namespace hanjari {
namespace {

constexpr std::size_t digits_of_id = 16;
constexpr std::string_view capitals = "0123456789ABCDEF";
constexpr std::string_view small_letters = "0123456789abcdef";

// The value of a digit to the base 16; nothing for another character.
std::optional<unsigned> value_of(char c) {
  const auto at = capitals.find(c) != std::string_view::npos ? capitals.find(c) : small_letters.find(c);
  if (at == std::string_view::npos) return std::nullopt;
  return static_cast<unsigned>(at);
}

// Luhn's rule to the base 16: every second digit from the right counts double, its two digits added. Nothing unless
// these are sixteen digits.
std::optional<char> check_digit(std::string_view digits) {
  if (digits.size() != digits_of_id) return std::nullopt;
  unsigned sum = 0;
  for (std::size_t at = 0; at < digits.size(); ++at) {
    const auto value = value_of(digits[digits.size() - 1 - at]);
    if (!value) return std::nullopt;
    const unsigned counted = at % 2 == 0 ? *value * 2 : *value;
    sum += counted / 16 + counted % 16;
  }
  return capitals[(16 - sum % 16) % 16];
}

}  // namespace

std::string write_application_number(const ApplicationId& id) {
  const std::string& text = id.text();
  const auto check = check_digit(text);
  if (!check) return text;
  std::string written;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (at > 0 && at % 4 == 0) written += '-';
    written += capitals[*value_of(text[at])];
  }
  return written + '-' + *check;
}

std::optional<ApplicationId> read_application_number(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (c == '-' || c == ' ') continue;
    const auto value = value_of(c);
    if (!value) return std::nullopt;
    digits += small_letters[*value];
  }
  if (digits.size() == digits_of_id) return ApplicationId(digits);
  if (digits.size() != digits_of_id + 1) return std::nullopt;
  const char typed = capitals[*value_of(digits.back())];
  digits.pop_back();
  if (check_digit(digits) != typed) return std::nullopt;
  return ApplicationId(digits);
}

}  // namespace hanjari
