#include "hanjari/base/digest.h"

#include <sodium.h>

#include "hanjari/base/hex.h"

namespace hanjari {

struct Sha256::State {
  crypto_hash_sha256_state sodium;
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
  crypto_hash_sha256_init(&state_->sodium);
}
Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

Sha256& Sha256::update(std::string_view bytes) {
  crypto_hash_sha256_update(&state_->sodium, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  return *this;
}

Digest Sha256::finish() {
  Digest digest;
  crypto_hash_sha256_final(&state_->sodium, digest.bytes.data());
  return digest;
}

std::string Digest::hex() const {
  return to_hex({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

Digest sha256(std::string_view bytes) {
  return Sha256().update(bytes).finish();
}

}  // namespace hanjari
