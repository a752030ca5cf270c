// Reads a PDF of the list as a screen reader would: the text of its elements, through its own fonts' tables.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hanjari::proofreading {

// By page: the text of every marked element in the order of reading, UTF-8; a blank stands only where the pen moves on by more than
// a letter.
using PaperPages = std::vector<std::vector<std::string>>;

// Nothing for bytes that are no such PDF: text outside of elements, a picture, a font that does not say what its letters are, or
// anything that could draw letters in another way.
std::optional<PaperPages> read_paper(std::string_view bytes);

}  // namespace hanjari::proofreading
