#include "hanjari/base/misread_korean.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include <unicode/utf.h>
#include <unicode/utf8.h>

namespace hanjari {
namespace {

// What Windows shows of the bytes from 0x80 to 0x9F.
constexpr std::array<UChar32, 27> western_signs{0x20ac, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030,
                                                0x0160, 0x2039, 0x0152, 0x017d, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
                                                0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x017e, 0x0178};

// Every syllable begins with one of these bytes in UTF-8, and two from 0x80 to 0xBF follow. Some of the two are gone where
// the text was cleaned, because what they looked like is a control, a blank or a hyphen that nobody sees.
bool begins_syllable(UChar32 c) { return c >= 0xea && c <= 0xed; }
bool goes_on(UChar32 c) {
  return (c >= 0x80 && c <= 0xbf) || std::find(western_signs.begin(), western_signs.end(), c) != western_signs.end();
}

struct WesternLetters {
  std::size_t begun = 0;
  std::size_t gone_on = 0;       // beside what goes before it, so that signs in front of words do not count
  bool in_syllable = false;
  std::size_t pairs = 0;         // of letters as bytes of a syllable in CP949
  bool waits_for_second = false;  // of such a pair
  bool in_utf8 = true;           // nothing stands in the text that bytes of UTF-8 would not give
  bool in_cp949 = true;
  bool has_letters = false;  // of ASCII
  bool has_accents = false;
};

void count_letter(WesternLetters& seen, UChar32 c) {
  if (c < 0x80) {
    seen.has_letters = seen.has_letters || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    seen.in_cp949 = seen.in_cp949 && !seen.waits_for_second;
    seen.in_syllable = false;
    return;
  }
  if (begins_syllable(c)) {
    ++seen.begun;
    seen.in_syllable = true;
  } else if (!goes_on(c)) {
    seen.in_utf8 = false;
  } else if (seen.in_syllable) {
    ++seen.gone_on;
  }
  seen.has_accents = seen.has_accents || (c >= 0xc0 && c <= 0xfe);
  const bool fits = seen.waits_for_second ? c >= 0xa1 && c <= 0xfe : c >= 0xb0 && c <= 0xc8;
  seen.in_cp949 = seen.in_cp949 && fits;
  seen.pairs += seen.waits_for_second ? 1 : 0;
  seen.waits_for_second = !seen.waits_for_second;
}

}  // namespace

bool is_misread_korean(std::string_view text) {
  WesternLetters seen;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  const auto length = static_cast<std::int64_t>(text.size());
  for (std::int64_t at = 0; at < length;) {
    UChar32 c = 0;
    U8_NEXT(bytes, at, length, c);
    count_letter(seen, c < 0 ? UChar32{0xfffd} : c);
  }
  // Beside letters of ASCII an ê or ë is a letter too, unless nearly everything that belongs to a syllable follows it.
  const std::size_t least = seen.has_letters ? 2 * seen.begun - 1 : 1;
  if (seen.in_utf8 && seen.begun >= 2 && seen.gone_on >= least) return true;
  return seen.in_cp949 && seen.has_accents && !seen.has_letters && !seen.waits_for_second && seen.pairs >= 2;
}

}  // namespace hanjari
