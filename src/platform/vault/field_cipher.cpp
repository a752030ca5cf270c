#include "vault/field_cipher.h"

#include <initializer_list>
#include <stdexcept>
#include <utility>

#include "hanjari/base/error.h"
#include "hanjari/base/store_errors.h"
#include "vault/cipher_bytes.h"

namespace hanjari::storage {
namespace {

static_assert(FieldCipher::overhead == 1 + 4 + nonce_size + tag_size);
constexpr std::size_t old_overhead = 1 + nonce_size + tag_size;  // of an earlier version
static_assert(sizeof(Key) == crypto_aead_xchacha20poly1305_ietf_KEYBYTES);

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

std::string associated_data(const FieldPlace& place, std::string_view key) {
  std::string text = joined({place.row, place.column});
  append_length(text, place.population);
  text += key;
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
  throw PersonalDataDamaged(
      {"a sealed value in column " + std::string(place.column) +
           " does not open: it was changed, moved, or its key is missing",
       std::string(place.column) +
           " 열의 암호화된 값을 열 수 없습니다. 값이 바뀌었거나 옮겨졌거나, 그 키가 없습니다"});
}

// The value behind `head`, the bytes before the nonce; they are bound to it with its place.
std::optional<std::string> decrypt(const Key& key, const FieldPlace& place, std::string_view sealed, std::size_t head) {
  const std::string_view nonce = sealed.substr(head, nonce_size);
  const std::string_view closed = sealed.substr(head + nonce_size);
  std::string value(closed.size() - tag_size, '\0');
  const std::string beside = associated_data(place, sealed.substr(0, head));
  unsigned long long size = 0;
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(reinterpret_cast<unsigned char*>(value.data()), &size, nullptr,
                                                 bytes(closed), closed.size(), bytes(beside), beside.size(),
                                                 bytes(nonce), key.data()) != 0) {
    return std::nullopt;
  }
  return value;
}

}  // namespace

FieldCipher::FieldCipher(const KeyRing& keys, std::shared_ptr<const DataKeys> data_keys)
    : lookup_(keys.lookup), data_keys_(std::move(data_keys)) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
}

std::string FieldCipher::seal(const FieldPlace& place, std::string_view value) const {
  return seal_with(data_keys_->current(scope_of_exam(place.exam)), place, value);
}

std::string FieldCipher::seal_with(const DataKey& key, const FieldPlace& place, std::string_view value) {
  std::string sealed(overhead + value.size(), '\0');
  auto* out = reinterpret_cast<unsigned char*>(sealed.data());
  for (int at = 0; at < 4; ++at) out[1 + at] = static_cast<unsigned char>((key.id >> (24 - 8 * at)) & 0xFFU);
  next_nonce(out + 5);
  const std::string beside = associated_data(place, std::string_view(sealed).substr(0, 5));
  unsigned long long size = 0;
  crypto_aead_xchacha20poly1305_ietf_encrypt(out + 5 + nonce_size, &size, bytes(value), value.size(), bytes(beside),
                                             beside.size(), nullptr, out + 5, key.key.data());
  return sealed;
}

std::optional<std::string> FieldCipher::open_with(const Key& key, const FieldPlace& place, std::string_view sealed) {
  if (sealed.size() < overhead) return std::nullopt;
  return decrypt(key, place, sealed, 5);
}

std::uint32_t FieldCipher::key_of(std::string_view sealed) {
  std::uint32_t id = 0;
  if (sealed.size() < overhead || sealed[0] != '\0') return 0;
  for (std::size_t at = 1; at < 5; ++at) id = (id << 8U) | static_cast<unsigned char>(sealed[at]);
  return id;
}

std::string FieldCipher::open(const FieldPlace& place, std::string_view sealed) const {
  auto value = open_unless_destroyed(place, sealed);
  if (value) return std::move(*value);
  throw PersonalDataDestroyed(
      {"the key of a sealed value in column " + std::string(place.column) + " is gone: it was destroyed",
       std::string(place.column) + " 열의 암호화된 값을 여는 키가 파기되어 더 이상 없습니다"});
}

std::optional<std::string> FieldCipher::open_unless_destroyed(const FieldPlace& place, std::string_view sealed) const {
  if (sealed.size() < old_overhead) throw_damaged(place);
  std::optional<std::string> value;
  if (const int number = static_cast<unsigned char>(sealed[0]); number != 0) {
    const auto key = data_keys_->find_master_key(number);
    if (!key) throw_damaged(place);
    value = decrypt(*key, place, sealed, 1);
  } else {
    if (sealed.size() < overhead) throw_damaged(place);
    const auto key = data_keys_->find(key_of(sealed));
    if (!key) {
      if (!data_keys_->is_of_destroyed(key_of(sealed), place.exam)) throw_damaged(place);
      return std::nullopt;
    }
    value = decrypt(*key, place, sealed, 5);
  }
  if (!value) throw_damaged(place);
  return value;
}

std::string FieldCipher::seat_hash(const ExamCode& exam, const ApplicantNumber& number, Date birth_on) const {
  return keyed_hash(lookup_, joined({"seat", exam.text(), number.text(), format_date(birth_on)}));
}

std::string FieldCipher::attempt_hash(std::string_view key) const {
  return keyed_hash(lookup_, joined({"attempt", key}));
}

std::string FieldCipher::blind_index(std::string_view purpose, std::string_view value) const {
  return keyed_hash(lookup_, joined({"index", purpose, value}));
}

Key FieldCipher::derive_key(std::string_view purpose) const {
  const std::string text = joined({"derived", purpose});
  Key derived{};
  crypto_generichash(derived.data(), derived.size(), bytes(text), text.size(), lookup_.data(),
                     lookup_.size());
  return derived;
}

std::string FieldCipher::key_check(const Key& key) {
  return keyed_hash(key, joined({"key_check"}));
}

}  // namespace hanjari::storage
