#include "site/packed_typed.h"

#include <algorithm>
#include <stdexcept>
#include <string_view>

#include <sodium.h>
#include <zlib.h>

namespace hanjari::web {
namespace {

constexpr std::size_t longest_piece = 3'400;
constexpr std::size_t longest_unpacked = 48 * 1024;  // more than a page keeps
constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(sizeof(Digest::bytes) == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

unsigned char* typed_bytes(std::string& bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}
const unsigned char* typed_bytes(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

// A random nonce, then the ciphertext with its tag.
std::string seal_typed(std::string_view packed, const Digest& key) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
  std::string sealed(nonce_bytes + packed.size() + tag_bytes, '\0');
  unsigned char* nonce = typed_bytes(sealed);
  randombytes_buf(nonce, nonce_bytes);
  crypto_aead_xchacha20poly1305_ietf_encrypt(nonce + nonce_bytes, nullptr, typed_bytes(packed), packed.size(), nullptr, 0, nullptr, nonce,
                                             key.bytes.data());
  return sealed;
}

// Empty when it was not sealed with this key.
std::string open_typed(std::string_view sealed, const Digest& key) {
  if (sealed.size() <= nonce_bytes + tag_bytes) return {};
  std::string packed(sealed.size() - nonce_bytes - tag_bytes, '\0');
  const unsigned char* nonce = typed_bytes(sealed);
  const int opened = crypto_aead_xchacha20poly1305_ietf_decrypt(typed_bytes(packed), nullptr, nullptr, nonce + nonce_bytes,
                                                                sealed.size() - nonce_bytes, nullptr, 0, nonce, key.bytes.data());
  return opened == 0 ? packed : std::string();
}

// As letters that a cookie may hold, a third longer.
constexpr int cookie_letters = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

std::string to_cookie_letters(const std::string& bytes) {
  std::string letters(sodium_base64_encoded_len(bytes.size(), cookie_letters), '\0');
  sodium_bin2base64(letters.data(), letters.size(), typed_bytes(std::string_view(bytes)), bytes.size(), cookie_letters);
  letters.pop_back();  // the end that C puts behind it
  return letters;
}

// Empty for other letters.
std::string from_cookie_letters(const std::string& letters) {
  std::string bytes(letters.size(), '\0');
  std::size_t size = 0;
  if (sodium_base642bin(typed_bytes(bytes), bytes.size(), letters.data(), letters.size(), nullptr, &size, nullptr, cookie_letters) != 0) return {};
  bytes.resize(size);
  return bytes;
}

}  // namespace

std::vector<std::string> pack_typed(const std::string& kept, const Digest& key) {
  if (kept.empty() || kept.size() > longest_unpacked) return {};
  std::string packed(::compressBound(static_cast<uLong>(kept.size())), '\0');
  uLongf size = static_cast<uLongf>(packed.size());
  if (::compress2(typed_bytes(packed), &size, typed_bytes(std::string_view(kept)), static_cast<uLong>(kept.size()), Z_BEST_COMPRESSION) != Z_OK)
    throw std::runtime_error("what was typed cannot be packed");
  packed.resize(size);
  const std::string letters = to_cookie_letters(seal_typed(packed, key));
  if (letters.size() > most_typed_pieces * longest_piece) return {};
  std::vector<std::string> pieces;
  for (std::size_t begin = 0; begin < letters.size(); begin += longest_piece) pieces.push_back(letters.substr(begin, longest_piece));
  return pieces;
}

std::string unpack_typed(const std::string& pieces, const Digest& key) {
  const std::string packed = open_typed(from_cookie_letters(pieces), key);
  if (packed.empty()) return {};
  std::string kept(longest_unpacked, '\0');
  uLongf size = static_cast<uLongf>(kept.size());
  if (::uncompress(typed_bytes(kept), &size, typed_bytes(std::string_view(packed)), static_cast<uLong>(packed.size())) != Z_OK) return {};
  kept.resize(size);
  return kept;
}

}  // namespace hanjari::web
