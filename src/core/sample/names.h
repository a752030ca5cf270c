// Names of nobody: family names by how common they are, given names put together from syllables.
#pragma once

#include <string>

#include "hanjari/domain/exam.h"
#include "sample/dice.h"

namespace hanjari::sample {

std::string draw_person_name(Dice& dice, Sex sex);

// A two-syllable word for a school and its street; all `stem_count` are different.
constexpr std::size_t stem_count = 40 * 40;
std::string name_stem(std::size_t number);

}  // namespace hanjari::sample
