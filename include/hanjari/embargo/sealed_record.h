// Records of one size that open at the minute: each under a key of its own, made from the version's release key and a
// secret that only the person of the record is given. A browser opens them with WebCrypto (HKDF, AES-GCM).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "hanjari/embargo/release_key.h"

namespace hanjari::embargo {

constexpr std::size_t secret_bytes = 32;
constexpr std::size_t nonce_bytes = 12;
constexpr std::size_t tag_bytes = 16;

// 32 bytes from libsodium's generator, for one person and version.
std::string draw_secret();

// Four bytes big-endian with the length, the text, and zeros up to `size`. Throws std::logic_error when it does not fit.
std::string pad_record(std::string_view text, std::size_t size);
// Nothing when the length or a byte of the filling is wrong.
std::optional<std::string> unpad_record(std::string_view padded);
// The one size of all records of a version: the longest text with its length, rounded up to whole kilobytes, so that the
// size tells next to nothing of any text.
std::size_t padded_size_for(std::size_t longest_text);

// The key of one record: HKDF-SHA-256 with the release key as keying material, the secret as salt, and the info
// "hanjari result 1". 32 bytes, which the caller wipes.
std::string derive_record_key(const ReleaseKey& key, std::string_view secret);

// AES-256-GCM: nonce (12 bytes), ciphertext, tag (16 bytes). `place` is authenticated beside it, so that a record opens only
// as part of the version that it was sealed for. Every key seals one record only, and the nonce is random all the same.
std::string seal_record(std::string_view record_key, std::string_view place, std::string_view padded);
// Nothing when key, place or any byte is another one.
std::optional<std::string> open_record(std::string_view record_key, std::string_view place, std::string_view sealed);

}  // namespace hanjari::embargo
