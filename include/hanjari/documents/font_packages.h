// Which fonts a system lacks.
#pragma once

#include <string>

namespace hanjari::documents {

// The Debian package whose fonts have the character, as far as its script tells; empty where no font can have it.
std::string font_package_for(char32_t character);

// Whether it is no character that can be seen: a code point that stands for nothing, for what one system agreed on for
// itself, or for an order to the program that shows the text.
bool is_no_character(char32_t character);

}  // namespace hanjari::documents
