// Words of closed lists as people type them: one vocabulary for files, forms and the programming interface.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace hanjari::package {

// The position of the word of a closed list that a typed one means: itself, in other spelling, or a word that people use
// for it ("남" and "male" are M, "take off" is take_off). The number of words when it means none.
std::size_t find_meant_word(std::string_view typed, std::span<const std::string_view> words);

}  // namespace hanjari::package
