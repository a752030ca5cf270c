// The public keys with which a provider signs (JSON Web Key Set, RFC 7517).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <openssl/evp.h>

#include <memory>

namespace hanjari::openid {

enum class KeyKind { rsa, elliptic };

struct SigningKey {
  std::string id;  // kid; may be empty
  KeyKind kind = KeyKind::rsa;
  std::shared_ptr<EVP_PKEY> key;
};

// RSA keys of at least 2,048 bits and keys on P-256, P-384, P-521 that may sign; others are left out. Throws
// Unavailable (provider_unreachable) for text that is no key set.
std::vector<SigningKey> parse_key_set(std::string_view json);

}  // namespace hanjari::openid
