// Random words by which an order, a claim or a request is known again. Nobody guesses one.
#pragma once

#include <cstddef>
#include <string>

namespace hanjari::services {

// `bytes` from libsodium's generator, two lower-case digits each.
std::string draw_token(std::size_t bytes = 16);

}  // namespace hanjari::services
