// What characters of ids and of text for people may be.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "hanjari/base/typed_text.h"

namespace hanjari::package {

// A value as a message quotes it: in quotes, shortened, invisible characters by their number.
std::string show(std::string_view value);

// The next character of valid UTF-8; `at` moves behind it.
char32_t next_code_point(std::string_view text, std::size_t& at);

// The first control, zero-width, direction or filler character.
std::optional<char32_t> find_invisible(std::string_view text);

// True for text of ASCII and Hangul syllables alone, which is NFC; false says nothing.
bool is_plain_nfc(std::string_view text);

}  // namespace hanjari::package
