// Text inside HTML, XML and SVG.
#pragma once

#include <string>
#include <string_view>

namespace hanjari {

// With & < > " as entities, fit for contents and for values in double quotes.
std::string escape_markup(std::string_view text);

}  // namespace hanjari
