// Text inside JSON, written in one place.
#pragma once

#include <string>
#include <string_view>

namespace hanjari::web {

// Appends `text` with its quotes; what is not UTF-8 becomes the replacement character.
void append_json_text(std::string& to, std::string_view text);

}  // namespace hanjari::web
