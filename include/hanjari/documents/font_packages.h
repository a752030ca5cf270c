// Which fonts a system lacks.
#pragma once

#include <string>

namespace hanjari::documents {

// The Debian package whose fonts have the character, as far as its script tells.
std::string font_package_for(char32_t character);

}  // namespace hanjari::documents
