// The sizes of the one cipher of the vault, XChaCha20-Poly1305 of libsodium, and text as the bytes that libsodium takes.
#pragma once

#include <sodium.h>

#include <cstddef>
#include <string_view>

namespace hanjari::storage {

inline constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
inline constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;

inline const unsigned char* bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace hanjari::storage
