// Base 64 with the letters of addresses and without padding (RFC 4648, section 5).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hanjari::openid {

// With the usual letters and padding (section 4).
std::string encode_base64(std::string_view bytes);
std::string encode_base64url(std::string_view bytes);
// Nothing for text that is none.
std::optional<std::string> decode_base64url(std::string_view text);

}  // namespace hanjari::openid
