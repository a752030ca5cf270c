#include "hanjari/documents/font_packages.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

namespace hanjari::documents {

std::string font_package_for(char32_t character) {
  if (is_no_character(character)) return {};
  const auto code = static_cast<UChar32>(character);
  UErrorCode error = U_ZERO_ERROR;
  switch (uscript_getScript(code, &error)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_HANGUL:
    case USCRIPT_BOPOMOFO:
      return code > 0xffff ? "fonts-hanazono" : "fonts-noto-cjk";
    default:
      break;
  }
  if (u_hasBinaryProperty(code, UCHAR_EMOJI_PRESENTATION) != 0) return "fonts-noto-color-emoji";
  return u_isalpha(code) != 0 || u_charType(code) == U_NON_SPACING_MARK ? "fonts-noto-core" : "fonts-symbola";
}

bool is_no_character(char32_t character) {
  switch (u_charType(static_cast<UChar32>(character))) {
    case U_UNASSIGNED:
    case U_PRIVATE_USE_CHAR:
    case U_SURROGATE:
    case U_CONTROL_CHAR:
    case U_FORMAT_CHAR:
      return true;
    default:
      return false;
  }
}

}  // namespace hanjari::documents
