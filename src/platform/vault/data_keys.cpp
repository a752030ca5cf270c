#include "vault/data_keys.h"

#include <sodium.h>

#include <array>
#include <utility>

#include "database/driver_error.h"
#include "hanjari/base/error.h"

namespace hanjari::storage {
namespace {

constexpr std::size_t nonce_size = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_size = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t wrapped_size = 1 + nonce_size + sizeof(Key) + tag_size;

const unsigned char* bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string bound_to(std::string_view scope, int generation, int master) {
  return "data key\n" + std::string(scope) + "\n" + std::to_string(generation) + "\n" + std::to_string(master);
}

[[noreturn]] void throw_damaged(std::string_view scope) {
  throw Unavailable("personal_data_damaged",
                    {"a data key of '" + std::string(scope) + "' does not open: it was changed or moved",
                     "'" + std::string(scope) + "'의 데이터 키를 열 수 없습니다. 값이 바뀌었거나 옮겨졌습니다"});
}

[[noreturn]] void throw_no_master(std::string_view scope) {
  throw Unavailable("wrong_key_file",
                    {"the key file lacks the master key that closes the data key of '" + std::string(scope) + "'",
                     "'" + std::string(scope) + "'의 데이터 키를 여는 마스터 키가 키 파일에 없습니다"});
}

}  // namespace

std::string scope_of_exam(std::string_view exam) {
  return exam.empty() ? "program" : "exam/" + std::string(exam);
}

std::string scope_of_audit(std::string_view exam) {
  return exam.empty() ? "audit" : "audit/" + std::string(exam);
}

std::string wrap_key(const KeyRing& master, const Key& key, std::string_view scope, int generation) {
  const auto& [number, closing] = *master.personal.rbegin();
  std::string wrapped(wrapped_size, '\0');
  auto* out = reinterpret_cast<unsigned char*>(wrapped.data());
  out[0] = static_cast<unsigned char>(number);
  randombytes_buf(out + 1, nonce_size);
  const std::string beside = bound_to(scope, generation, number);
  unsigned long long size = 0;
  crypto_aead_xchacha20poly1305_ietf_encrypt(out + 1 + nonce_size, &size, key.data(), key.size(), bytes(beside),
                                             beside.size(), nullptr, out + 1, closing.data());
  return wrapped;
}

std::optional<Key> unwrap_key(const KeyRing& master, std::string_view wrapped, std::string_view scope, int generation) {
  if (wrapped.size() != wrapped_size) throw_damaged(scope);
  const int number = static_cast<unsigned char>(wrapped[0]);
  const auto found = master.personal.find(number);
  if (found == master.personal.end()) return std::nullopt;
  Key key{};
  const std::string beside = bound_to(scope, generation, number);
  unsigned long long size = 0;
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(key.data(), &size, nullptr, bytes(wrapped) + 1 + nonce_size,
                                                 wrapped.size() - 1 - nonce_size, bytes(beside), beside.size(),
                                                 bytes(wrapped) + 1, found->second.data()) != 0) {
    throw_damaged(scope);
  }
  return key;
}

DataKeys::DataKeys(Open open, LoadMaster load_master, KeyRing master)
    : open_(std::move(open)), load_master_(std::move(load_master)), master_(std::move(master)) {
  if (sodium_init() < 0) throw std::runtime_error("libsodium does not start");
}

DataKeys::~DataKeys() = default;

Connection& DataKeys::connection() const {
  if (!connection_) connection_ = open_();
  return *connection_;
}

void DataKeys::load() const {
  for (int attempt = 1;; ++attempt) {
    try {
      std::map<std::uint32_t, Key> keys;
      std::map<std::string, std::uint32_t> newest;
      Rows rows = connection().select(
          "SELECT data_key_id, scope, generation, wrapped FROM data_keys ORDER BY scope, generation");
      while (rows.next()) {
        const auto id = static_cast<std::uint32_t>(rows.integer());
        const std::string scope = rows.text();
        const auto generation = static_cast<int>(rows.integer());
        const std::string wrapped = rows.text();
        newest[scope] = id;
        // A key that was opened once does not change; only what wraps it does.
        if (const auto known = keys_.find(id); known != keys_.end()) {
          keys.insert(*known);
          continue;
        }
        auto key = unwrap_key(master_, wrapped, scope, generation);
        if (!key) {
          master_ = load_master_();
          key = unwrap_key(master_, wrapped, scope, generation);
        }
        if (!key) throw_no_master(scope);
        keys.emplace(id, *key);
      }
      const auto now = std::chrono::steady_clock::now();
      for (const auto& [id, key] : keys_) {
        if (keys.contains(id)) continue;
        if (now - gone_since_.try_emplace(id, now).first->second < kept_for) keys.emplace(id, key);
      }
      keys_ = std::move(keys);
      newest_ = std::move(newest);
      loaded_at_ = now;
      return;
    } catch (const DriverError& error) {
      connection_.reset();
      if (attempt == 3) throw_translated(error);
    }
  }
}

DataKey DataKeys::current(const std::string& scope) const {
  const std::lock_guard lock(mutex_);
  const bool fresh = loaded_at_ && std::chrono::steady_clock::now() - *loaded_at_ < fresh_for;
  if (!fresh || !newest_.contains(scope)) load();
  if (!newest_.contains(scope)) {
    Key key{};
    randombytes_buf(key.data(), key.size());
    try {
      // Another program may be first: then its key is taken.
      connection().change(
          "INSERT IGNORE INTO data_keys (scope, generation, wrapped, made_at) VALUES (?, 1, ?, UTC_TIMESTAMP(6))",
          scope, wrap_key(master_, key, scope, 1));
    } catch (const DriverError& error) {
      connection_.reset();
      throw_translated(error);
    }
    load();
  }
  const std::uint32_t id = newest_.at(scope);
  return {id, keys_.at(id)};
}

std::optional<Key> DataKeys::find(std::uint32_t id) const {
  const std::lock_guard lock(mutex_);
  if (const auto known = keys_.find(id); known != keys_.end()) return known->second;
  load();
  const auto found = keys_.find(id);
  return found == keys_.end() ? std::nullopt : std::optional(found->second);
}

void DataKeys::forget() const {
  const std::lock_guard lock(mutex_);
  keys_.clear();
  newest_.clear();
  loaded_at_.reset();
}

}  // namespace hanjari::storage
