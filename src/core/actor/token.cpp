#include "hanjari/actor/token.h"

#include <sodium.h>

#include <stdexcept>

#include "hanjari/base/hex.h"

namespace hanjari::services {

std::string draw_token(std::size_t bytes) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
  std::string raw(bytes, '\0');
  randombytes_buf(raw.data(), raw.size());
  return to_hex(raw);
}

}  // namespace hanjari::services
