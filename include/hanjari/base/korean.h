// Korean sentences with values in them. Which particle follows a word depends on how the word ends (시험이, 학교가), so
// that a sentence names both, as [이/가], and the right one is taken once the values stand in it.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace hanjari {

// Takes of every [이/가], [은/는], [을/를], [과/와], [으로/로] and [이/] the one that follows what stands before it:
// Hangul by its syllable, digits as they are read, letters by their names; quotes and remarks in brackets are passed over.
std::string settle_particles(std::string_view sentence);

// fmt::format, and the particles of the sentence settled.
template <class... Values>
std::string in_korean(fmt::format_string<Values...> sentence, Values&&... values) {
  return settle_particles(fmt::format(sentence, std::forward<Values>(values)...));
}

}  // namespace hanjari
