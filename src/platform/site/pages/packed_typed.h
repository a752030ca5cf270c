// What was typed, packed into cookies for the way to the page of another site and back.
#pragma once

#include <string>
#include <vector>

namespace hanjari::web {

// A browser keeps 4,096 bytes in a cookie, and a proxy in front may refuse more than 8 KiB of them together.
constexpr std::size_t most_typed_pieces = 2;

// The values of the cookies; none for nothing and for what is too long.
std::vector<std::string> pack_typed(const std::string& kept);
// What was packed; empty for what pack_typed did not give.
std::string unpack_typed(const std::string& pieces);

}  // namespace hanjari::web
