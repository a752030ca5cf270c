#include "documents/drawing/characters.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace hanjari::documents {

DecodedCharacter decode_utf8(std::string_view text, std::size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  if (first < 0x80) return {first, 1, true};
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto length = static_cast<std::int32_t>(text.size());
  auto next = static_cast<std::int32_t>(at);
  UChar32 character = 0;
  U8_NEXT(bytes, next, length, character);
  if (character < 0) return {0xFFFD, 1, false};
  return {static_cast<char32_t>(character), static_cast<std::size_t>(next) - at, true};
}

CharacterKind kind_of(char32_t c) {
  if (c < 0x80) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') return CharacterKind::space;
    if (c < 0x20 || c == 0x7F) return CharacterKind::forbidden;
    const bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    return letter ? CharacterKind::joining : CharacterKind::simple;
  }
  if (c >= 0xAC00 && c <= 0xD7A3) return CharacterKind::simple;  // Hangul syllables
  if (c >= 0x4E00 && c <= 0x9FFF) return CharacterKind::simple;  // Hanja
  const auto code = static_cast<UChar32>(c);
  switch (u_charType(code)) {
    case U_CONTROL_CHAR:
    case U_UNASSIGNED:
    case U_SURROGATE:
    case U_PRIVATE_USE_CHAR:
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR:
      return CharacterKind::forbidden;
    case U_SPACE_SEPARATOR:
      return CharacterKind::space;
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_COMBINING_SPACING_MARK:
      return u_hasBinaryProperty(code, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0 ? CharacterKind::unseen
                                                                                : CharacterKind::joining;
    default:
      break;
  }
  if (u_hasBinaryProperty(code, UCHAR_BIDI_CONTROL) != 0) return CharacterKind::forbidden;
  // U+3164 and U+FFA0 are letters that draw nothing: a name made of them would look empty.
  if (c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0) return CharacterKind::forbidden;
  if (u_hasBinaryProperty(code, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0) return CharacterKind::unseen;
  if (is_old_hangul(c)) return CharacterKind::joining;
  if (c < 0x2000) return u_isalpha(code) != 0 ? CharacterKind::joining : CharacterKind::simple;
  return CharacterKind::simple;
}

bool is_combining(char32_t c) {
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & U_GC_M_MASK) != 0;
}

bool is_old_hangul(char32_t c) {
  return (c >= 0x1100 && c <= 0x11FF) || (c >= 0xA960 && c <= 0xA97F) || (c >= 0xD7B0 && c <= 0xD7FF);
}

bool stays_in_latin(char32_t c) {
  return c < 0x80 && kind_of(c) == CharacterKind::simple;
}

bool is_digits_and_marks(std::string_view text) {
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || kind_of(byte) != CharacterKind::simple) return false;
  }
  return true;
}

}  // namespace hanjari::documents
