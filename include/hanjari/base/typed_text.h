// How text that people typed or pasted is read: one reading for every field, page, file and interface. What can be
// cleaned is cleaned; what was lost on the way can only be said.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hanjari {

// One line as it is kept: normal form C, every kind of blank and every line end as one space, no characters that nobody
// sees (zero-width, direction marks, variation selectors, soft hyphens, controls), no blanks around it. Bytes that are
// no UTF-8 become U+FFFD. Cleaning twice is cleaning once.
std::string clean_line(std::string_view typed);

// Several lines: each cleaned, joined by LF; empty lines at both ends go away, and no two stand together.
std::string clean_lines(std::string_view typed);

// A number, a code or an address of e-mail: a clean line in which digits of every script, full-width letters and signs,
// and every kind of dash and full stop are the plain ones of ASCII.
std::string clean_signs(std::string_view typed);

// Digits alone, for codes that people copy from a letter: clean_signs without blanks and hyphens.
std::string clean_code(std::string_view typed);

// The first character of a clean text that stands for one that was lost, or that no other program knows: U+FFFD,
// private use, what Unicode calls no character.
std::optional<char32_t> find_lost_character(std::string_view text);

// Whether a value is blank to whoever reads it: nothing but blanks and characters that nobody sees.
bool is_blank_text(std::string_view text);

// Whether a letter of any script stands in it: 12345 and a picture alone are nobody's name.
bool holds_letter(std::string_view text);

// The position of the word of a closed list that a typed one means: itself, in other spelling, or a word that people use
// for it ("남" and "male" are M, "take off" is take_off). The number of words when it means none.
std::size_t find_meant_word(std::string_view typed, std::span<const std::string_view> words);

// The words that a typed one may mean in any closed list: in the spelling of such lists, then those that people use it for.
std::vector<std::string> words_meant_by(std::string_view typed);

// parse(word) of the typed word, or else of the first that it may mean and that `parse` takes: for lists whose words their own
// function knows. Nothing where it takes none.
template <class Parse>
auto parse_meant(std::string_view typed, Parse parse) -> decltype(parse(typed)) {
  if (auto value = parse(typed)) return value;
  for (const std::string& word : words_meant_by(typed)) {
    if (auto value = parse(std::string_view(word))) return value;
  }
  return {};
}

// The character in UTF-8.
std::string spell_code_point(char32_t code_point);

// "U+200B".
std::string name_code_point(char32_t code_point);

}  // namespace hanjari
