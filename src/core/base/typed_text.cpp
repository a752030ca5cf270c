#include "hanjari/base/typed_text.h"

#include <algorithm>
#include <cstdint>

#include <fmt/format.h>
#include <unicode/uchar.h>
#include <unicode/utf.h>
#include <unicode/utf8.h>

#include "hanjari/base/text.h"

namespace hanjari {
namespace {

enum class Look { seen, blank, line_end, unseen };

Look look_of(UChar32 c) {
  if (c == '\n' || c == '\r' || c == 0x0b || c == 0x0c || c == 0x85 || c == 0x2028 || c == 0x2029)
    return Look::line_end;
  if (c == ' ' || c == '\t' || c == 0x2800) return Look::blank;  // U+2800 is the empty Braille cell
  if (c < 0x80) return c < 0x20 || c == 0x7f ? Look::unseen : Look::seen;
  const auto category = u_charType(c);
  if (category == U_SPACE_SEPARATOR) return Look::blank;
  if (category == U_CONTROL_CHAR || category == U_FORMAT_CHAR || c == 0xfffc) return Look::unseen;
  return u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0 ? Look::unseen : Look::seen;
}

// Calls `take(code point)` for each; bytes that are no UTF-8 are U+FFFD.
template <class Take>
void each_code_point(std::string_view bytes, Take take) {
  const auto* data = reinterpret_cast<const std::uint8_t*>(bytes.data());
  const auto length = static_cast<std::int64_t>(bytes.size());
  for (std::int64_t at = 0; at < length;) {
    UChar32 c = 0;
    U8_NEXT(data, at, length, c);
    take(c < 0 ? UChar32{0xfffd} : c);
  }
}

void append(std::string& text, UChar32 c) {
  std::uint8_t bytes[U8_MAX_LENGTH];
  std::int32_t length = 0;
  U8_APPEND_UNSAFE(bytes, length, c);
  text.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length));
}

bool is_dash(UChar32 c) {
  // Beside the dashes: what input methods give for the key (the Korean vowel ㅡ, the Japanese sign of length).
  return u_hasBinaryProperty(c, UCHAR_DASH) != 0 || c == 0x3161 || c == 0x1173 || c == 0x30fc || c == 0xff70 ||
         c == 0xaf || c == 0xffe3;
}

UChar32 plain_sign(UChar32 c) {
  if (c < 0x80) return c;
  if (const auto digit = u_charDigitValue(c); digit >= 0 && u_charType(c) == U_DECIMAL_DIGIT_NUMBER) return '0' + digit;
  if (is_dash(c)) return '-';
  if (c >= 0xff01 && c <= 0xff5e) return c - 0xff01 + '!';
  if (c == 0x3002 || c == 0xff61 || c == 0xb7 || c == 0x2024 || c == 0x2027 || c == 0x30fb || c == 0x318d) return '.';
  return c;
}

template <class Change>
std::string cleaned(std::string_view typed, Change change) {
  std::string text;
  text.reserve(typed.size());
  bool gap = false;
  each_code_point(typed, [&](UChar32 c) {
    switch (look_of(c)) {
      case Look::unseen:
        return;
      case Look::blank:
      case Look::line_end:
        gap = !text.empty();
        return;
      case Look::seen:
        break;
    }
    if (gap) text += ' ';
    gap = false;
    append(text, change(c));
  });
  return normalize_nfc(text);
}

}  // namespace

std::string clean_line(std::string_view typed) {
  return cleaned(typed, [](UChar32 c) { return c; });
}

std::string clean_lines(std::string_view typed) {
  std::string text;
  std::string line;
  bool gap = false;  // an empty line stands before the next one
  const auto end_line = [&] {
    const std::string clean = clean_line(line);
    line.clear();
    if (clean.empty()) {
      gap = !text.empty();
      return;
    }
    if (!text.empty()) text += gap ? "\n\n" : "\n";
    gap = false;
    text += clean;
  };
  UChar32 before = 0;
  each_code_point(typed, [&](UChar32 c) {
    if (look_of(c) != Look::line_end) {
      append(line, c);
    } else if (c != '\n' || before != '\r') {
      end_line();
    }
    before = c;
  });
  end_line();
  return text;
}

// Composed before signs are looked at: the vowel of a syllable that is written apart is no dash.
std::string clean_signs(std::string_view typed) {
  return cleaned(clean_line(typed), plain_sign);
}

std::string clean_code(std::string_view typed) {
  std::string code = clean_signs(typed);
  std::erase_if(code, [](char c) { return c == ' ' || c == '-'; });
  return normalize_nfc(code);  // letters may stand beside each other now that did not before
}

std::optional<char32_t> find_lost_character(std::string_view text) {
  std::optional<char32_t> lost;
  each_code_point(text, [&](UChar32 c) {
    if (lost || c < 0x80) return;
    const auto category = u_charType(c);
    if (c == 0xfffd || category == U_PRIVATE_USE_CHAR || category == U_SURROGATE || U_IS_UNICODE_NONCHAR(c))
      lost = static_cast<char32_t>(c);
  });
  return lost;
}

bool is_blank_text(std::string_view text) {
  bool blank = true;
  each_code_point(text, [&](UChar32 c) { blank = blank && look_of(c) != Look::seen; });
  return blank;
}

bool holds_letter(std::string_view text) {
  bool found = false;
  each_code_point(text, [&](UChar32 c) { found = found || u_isalpha(c) != 0; });
  return found;
}

std::string spell_code_point(char32_t code_point) {
  std::string text;
  append(text, static_cast<UChar32>(code_point));
  return text;
}

std::string name_code_point(char32_t code_point) {
  return fmt::format("U+{:04X}", static_cast<std::uint32_t>(code_point));
}

}  // namespace hanjari
