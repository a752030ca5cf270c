// What kind of character a text holds, as far as drawing cares.
#pragma once

#include <cstddef>
#include <string_view>

namespace hanjari::documents {

struct DecodedCharacter {
  char32_t character = 0;
  std::size_t bytes = 1;
  bool valid = true;  // false: the byte begins no character; it counts as U+FFFD
};

// The character that begins at `at`; precondition: at < text.size().
DecodedCharacter decode_utf8(std::string_view text, std::size_t at);

// simple: one glyph, no shaping; joining: shaped with its neighbours; space: a blank of any kind; unseen: draws nothing
// (joiners, variation selectors, soft hyphens); forbidden: controls, which must not act on a paper (a name could turn
// the line around it): a replacement mark shows them.
enum class CharacterKind { simple, joining, space, unseen, forbidden };

CharacterKind kind_of(char32_t character);

// Marks that sit on the character before them.
bool is_combining(char32_t character);

// Letters of old Hangul that join into syllables.
bool is_old_hangul(char32_t character);

// Digits and punctuation that may stand inside a stretch of Latin letters without breaking it.
bool stays_in_latin(char32_t character);

// Only ASCII digits and punctuation.
bool is_digits_and_marks(std::string_view text);

}  // namespace hanjari::documents
