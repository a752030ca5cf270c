// Which fonts a system lacks.
#pragma once

#include <string>

namespace hanjari::documents {

// The Debian package whose fonts have the character, as far as its script tells; empty where no font can have it.
std::string font_package_for(char32_t character);

// Whether it is no character at all: a code point that stands for nothing, or for what one system agreed on for itself.
bool is_no_character(char32_t character);

}  // namespace hanjari::documents
