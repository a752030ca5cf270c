#include "proof/signing.h"

#include <sodium.h>

namespace hanjari::proof {

TestKey::TestKey(char seed) : public_key(crypto_sign_PUBLICKEYBYTES, '\0') {
  const std::string seed_bytes(crypto_sign_SEEDBYTES, seed);
  std::string secret(crypto_sign_SECRETKEYBYTES, '\0');
  crypto_sign_seed_keypair(reinterpret_cast<unsigned char*>(public_key.data()),
                           reinterpret_cast<unsigned char*>(secret.data()),
                           reinterpret_cast<const unsigned char*>(seed_bytes.data()));
  sign = [secret](std::string_view text) {
    std::string signature(crypto_sign_BYTES, '\0');
    crypto_sign_detached(reinterpret_cast<unsigned char*>(signature.data()), nullptr,
                         reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                         reinterpret_cast<const unsigned char*>(secret.data()));
    return signature;
  };
}

}  // namespace hanjari::proof
