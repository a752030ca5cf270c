#include "hanjari/embargo/sealed_record.h"

#include <memory>
#include <stdexcept>

#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <sodium.h>

namespace hanjari::embargo {
namespace {

constexpr std::size_t length_bytes = 4;
constexpr std::size_t size_step = 1024;
constexpr std::string_view record_info = "hanjari result 1";

struct FreeCipher {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};
using Cipher = std::unique_ptr<EVP_CIPHER_CTX, FreeCipher>;
struct FreeKeyContext {
  void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
};
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, FreeKeyContext>;

const unsigned char* openssl_bytes(std::string_view bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}
unsigned char* openssl_bytes(std::string& bytes) {
  return reinterpret_cast<unsigned char*>(bytes.data());
}

void require_openssl(int done) {
  if (done <= 0) throw std::runtime_error("OpenSSL refused a step of sealing");
}

Cipher make_cipher() {
  Cipher cipher(EVP_CIPHER_CTX_new());
  if (!cipher) throw std::bad_alloc();
  return cipher;
}

}  // namespace

std::string draw_secret() {
  if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
  std::string secret(secret_bytes, '\0');
  randombytes_buf(secret.data(), secret.size());
  return secret;
}

std::string pad_record(std::string_view text, std::size_t size) {
  if (text.size() + length_bytes > size) throw std::logic_error("a record is longer than the size of its version");
  std::string padded(size, '\0');
  for (std::size_t i = 0; i < length_bytes; ++i)
    padded[i] = static_cast<char>((text.size() >> (8 * (length_bytes - 1 - i))) & 0xFFU);
  padded.replace(length_bytes, text.size(), text);
  return padded;
}

std::optional<std::string> unpad_record(std::string_view padded) {
  if (padded.size() < length_bytes) return std::nullopt;
  std::size_t length = 0;
  for (std::size_t i = 0; i < length_bytes; ++i) length = (length << 8U) | static_cast<unsigned char>(padded[i]);
  if (length > padded.size() - length_bytes) return std::nullopt;
  if (padded.find_first_not_of('\0', length_bytes + length) != std::string_view::npos) return std::nullopt;
  return std::string(padded.substr(length_bytes, length));
}

std::size_t padded_size_for(std::size_t longest_text) {
  return (longest_text + length_bytes + size_step - 1) / size_step * size_step;
}

std::string derive_record_key(const ReleaseKey& key, std::string_view secret) {
  if (secret.size() != secret_bytes) throw std::logic_error("the secret of a record has 32 bytes");
  const KeyContext context(EVP_PKEY_CTX_new_id(EVP_PKEY_HKDF, nullptr));
  if (!context) throw std::bad_alloc();
  require_openssl(EVP_PKEY_derive_init(context.get()));
  require_openssl(EVP_PKEY_CTX_set_hkdf_md(context.get(), EVP_sha256()));
  require_openssl(
      EVP_PKEY_CTX_set1_hkdf_salt(context.get(), openssl_bytes(secret), static_cast<int>(secret.size())));
  require_openssl(
      EVP_PKEY_CTX_set1_hkdf_key(context.get(), openssl_bytes(key.bytes()), static_cast<int>(key.bytes().size())));
  require_openssl(
      EVP_PKEY_CTX_add1_hkdf_info(context.get(), openssl_bytes(record_info), static_cast<int>(record_info.size())));
  std::string derived(key_bytes, '\0');
  std::size_t length = derived.size();
  require_openssl(EVP_PKEY_derive(context.get(), openssl_bytes(derived), &length));
  if (length != key_bytes) throw std::runtime_error("OpenSSL derived a key of another length");
  return derived;
}

std::string seal_record(std::string_view record_key, std::string_view place, std::string_view padded) {
  if (record_key.size() != key_bytes) throw std::logic_error("the key of a record has 32 bytes");
  std::string nonce(nonce_bytes, '\0');
  randombytes_buf(nonce.data(), nonce.size());
  const Cipher cipher = make_cipher();
  require_openssl(EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, openssl_bytes(record_key),
                                     openssl_bytes(nonce)));
  int written = 0;
  require_openssl(EVP_EncryptUpdate(cipher.get(), nullptr, &written, openssl_bytes(std::string_view(place)),
                                    static_cast<int>(place.size())));
  std::string text(padded.size(), '\0');
  require_openssl(EVP_EncryptUpdate(cipher.get(), openssl_bytes(text), &written, openssl_bytes(padded),
                                    static_cast<int>(padded.size())));
  std::string rest(EVP_MAX_BLOCK_LENGTH, '\0');
  require_openssl(EVP_EncryptFinal_ex(cipher.get(), openssl_bytes(rest), &written));
  std::string tag(tag_bytes, '\0');
  require_openssl(
      EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, static_cast<int>(tag.size()), tag.data()));
  return nonce + text + tag;
}

std::optional<std::string> open_record(std::string_view record_key, std::string_view place, std::string_view sealed) {
  if (record_key.size() != key_bytes || sealed.size() < nonce_bytes + tag_bytes) return std::nullopt;
  const std::string_view nonce = sealed.substr(0, nonce_bytes);
  const std::string_view text = sealed.substr(nonce_bytes, sealed.size() - nonce_bytes - tag_bytes);
  std::string tag(sealed.substr(sealed.size() - tag_bytes));
  const Cipher cipher = make_cipher();
  require_openssl(EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, openssl_bytes(record_key),
                                     openssl_bytes(nonce)));
  int written = 0;
  require_openssl(EVP_DecryptUpdate(cipher.get(), nullptr, &written, openssl_bytes(std::string_view(place)),
                                    static_cast<int>(place.size())));
  std::string opened(text.size(), '\0');
  require_openssl(EVP_DecryptUpdate(cipher.get(), openssl_bytes(opened), &written, openssl_bytes(text),
                                    static_cast<int>(text.size())));
  require_openssl(
      EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, static_cast<int>(tag.size()), tag.data()));
  std::string rest(EVP_MAX_BLOCK_LENGTH, '\0');
  if (EVP_DecryptFinal_ex(cipher.get(), openssl_bytes(rest), &written) <= 0) {
    wipe(opened);
    return std::nullopt;
  }
  return opened;
}

}  // namespace hanjari::embargo
