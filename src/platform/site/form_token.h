// Tokens that prove a form came from one of our own pages.
#pragma once

#include <string>
#include <string_view>

namespace hanjari::web {

// 32 bytes from the system's random source, in hex.
std::string draw_token();

// The token that belongs into the forms of a reader who holds this cookie. The cookie itself never stands in a page.
std::string form_token_of(std::string_view form_cookie);

// In time that does not depend on where the two differ.
bool equal_tokens(std::string_view a, std::string_view b);

}  // namespace hanjari::web
