// Words for people, in the two languages of the product.
#pragma once

#include <string>
#include <string_view>

namespace hanjari {

enum class Language { english, korean };

// One message in both languages. Both are given where the message is written, so that neither can be forgotten.
struct Text {
  std::string en;
  std::string ko;

  const std::string& in(Language language) const { return language == Language::korean ? ko : en; }
  bool operator==(const Text&) const = default;
};

// The language asked for by LC_ALL, LC_MESSAGES or LANG, in this order; English unless it begins with "ko".
Language language_of_environment();

// True if `bytes` are well-formed UTF-8 without NUL.
bool is_valid_utf8(std::string_view bytes);

// Unicode normalisation form C; `bytes` must be valid UTF-8.
std::string normalize_nfc(std::string_view bytes);

// Number of columns the text takes on a terminal or a fixed-width page (Hangul and Hanja take two).
int display_width(std::string_view utf8);

// Digits with a thousands separator: 36109 -> "36,109".
std::string group_digits(long long value);

}  // namespace hanjari
