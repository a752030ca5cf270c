// What was typed, packed and sealed into cookies for the way to the page of another site and back.
#pragma once

#include <string>
#include <vector>

#include "hanjari/base/digest.h"

namespace hanjari::web {

// A browser keeps 4,096 bytes in a cookie, and a proxy in front may refuse more than 8 KiB of them together.
constexpr std::size_t most_typed_pieces = 2;

// The values of the cookies; none for nothing and for what is too long. It may name people, so that the browser keeps it
// sealed: nobody who finds the cookies reads them, and nobody else's words come back in them. `key`: of this one way.
std::vector<std::string> pack_typed(const std::string& kept, const Digest& key);
// What was packed; empty for what pack_typed did not give for this key.
std::string unpack_typed(const std::string& pieces, const Digest& key);

}  // namespace hanjari::web
