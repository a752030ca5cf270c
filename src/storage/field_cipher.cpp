#include "storage/field_cipher.h"

#include <sodium.h>

#include <initializer_list>
#include <stdexcept>
#include <utility>

#include "hanjari/base/error.h"

namespace hanjari::storage {
namespace {

constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
static_assert(FieldCipher::overhead == 1 + nonce_size + tag_size);
static_assert(sizeof(Key) == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

const unsigned char* bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

void append_length(std::string& text, std::uint64_t length) {
  for (int shift = 56; shift >= 0; shift -= 8) text += static_cast<char>((length >> shift) & 0xFFU);
}

// Each part with its length before it, so that no two lists of parts give the same bytes.
std::string joined(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const std::string_view part : parts) {
    append_length(text, part.size());
    text += part;
  }
  return text;
}

std::string associated_data(const FieldPlace& place, int key_number) {
  std::string text = joined({place.row, place.column});
  append_length(text, place.population);
  text += static_cast<char>(key_number);
  return text;
}

std::string keyed_hash(const Key& key, std::string_view text) {
  std::string hash(16, '\0');
  crypto_generichash(reinterpret_cast<unsigned char*>(hash.data()), hash.size(), bytes(text), text.size(), key.data(),
                     key.size());
  return hash;
}

// getrandom() once for many nonces.
void next_nonce(unsigned char* nonce) {
  thread_local std::array<unsigned char, nonce_size * 256> pool;
  thread_local std::size_t used = pool.size();
  if (used == pool.size()) {
    randombytes_buf(pool.data(), pool.size());
    used = 0;
  }
  std::copy_n(pool.data() + used, nonce_size, nonce);
  used += nonce_size;
}

[[noreturn]] void throw_damaged(const FieldPlace& place) {
  throw Unavailable("personal_data_damaged",
                    {"a sealed value in column " + std::string(place.column) +
                         " does not open: it was changed, moved, or its key is missing from the key file",
                     std::string(place.column) +
                         " 열의 암호화된 값을 열 수 없습니다. 값이 바뀌었거나 옮겨졌거나, 키 파일에 그 키가 없습니다"});
}

}  // namespace

FieldCipher::FieldCipher(KeyRing keys) : keys_(std::move(keys)), newest_(keys_.personal.rbegin()->first) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
}

std::string FieldCipher::seal(const FieldPlace& place, std::string_view value) const {
  std::string sealed(overhead + value.size(), '\0');
  auto* out = reinterpret_cast<unsigned char*>(sealed.data());
  out[0] = static_cast<unsigned char>(newest_);
  next_nonce(out + 1);
  const std::string beside = associated_data(place, newest_);
  unsigned long long size = 0;
  crypto_aead_xchacha20poly1305_ietf_encrypt(out + 1 + nonce_size, &size, bytes(value), value.size(), bytes(beside),
                                             beside.size(), nullptr, out + 1, keys_.personal.at(newest_).data());
  return sealed;
}

std::string FieldCipher::open(const FieldPlace& place, std::string_view sealed) const {
  if (sealed.size() < overhead) throw_damaged(place);
  const int number = static_cast<unsigned char>(sealed[0]);
  const auto key = keys_.personal.find(number);
  if (key == keys_.personal.end()) throw_damaged(place);
  std::string value(sealed.size() - overhead, '\0');
  const std::string beside = associated_data(place, number);
  unsigned long long size = 0;
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(
          reinterpret_cast<unsigned char*>(value.data()), &size, nullptr, bytes(sealed) + 1 + nonce_size,
          sealed.size() - 1 - nonce_size, bytes(beside), beside.size(), bytes(sealed) + 1, key->second.data()) != 0) {
    throw_damaged(place);
  }
  return value;
}

std::string FieldCipher::seat_hash(const ExamCode& exam, const ApplicantNumber& number, Date birth_on) const {
  return keyed_hash(keys_.lookup, joined({"seat", exam.text(), number.text(), format_date(birth_on)}));
}

std::string FieldCipher::attempt_hash(std::string_view key) const {
  return keyed_hash(keys_.lookup, joined({"attempt", key}));
}

std::string FieldCipher::key_check(const Key& key) {
  return keyed_hash(key, joined({"key_check"}));
}

}  // namespace hanjari::storage
