// A key pair of the tests, which sign as the office's key does.
#pragma once

#include <string>

#include "hanjari/proof/signed_note.h"

namespace hanjari::proof {

struct TestKey {
  explicit TestKey(char seed);
  std::string public_key;  // 32 raw bytes
  Sign sign;
};

}  // namespace hanjari::proof
