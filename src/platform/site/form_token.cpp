#include "site/form_token.h"

#include <sys/random.h>

#include <array>

#include "hanjari/base/digest.h"
#include "hanjari/base/error.h"
#include "hanjari/base/hex.h"

namespace hanjari::web {

std::string draw_token() {
  std::array<unsigned char, 32> bytes{};
  if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
    throw Unavailable("no_random_source", {"the system gives no random numbers", "시스템에서 난수를 얻을 수 없습니다"});
  }
  return to_hex({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

std::string form_token_of(std::string_view cookie) {
  return sha256("hanjari form token\n" + std::string(cookie)).hex();
}

bool equal_tokens(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  unsigned difference = 0;
  for (std::size_t at = 0; at < a.size(); ++at) {
    difference |= static_cast<unsigned>(static_cast<unsigned char>(a[at]) ^ static_cast<unsigned char>(b[at]));
  }
  return difference == 0;
}

}  // namespace hanjari::web
