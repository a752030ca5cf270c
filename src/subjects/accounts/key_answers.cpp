#include "accounts/key_answers.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <array>
#include <memory>

#include <nlohmann/json.hpp>

#include "hanjari/base/digest.h"

namespace hanjari::services {
namespace {

constexpr std::size_t longest_client_data = 2'048;
constexpr std::size_t longest_public_key = 256;
constexpr std::size_t hash_bytes = 32;
constexpr unsigned flag_touched = 0x01;
constexpr unsigned flag_key_made = 0x40;

unsigned byte_at(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}

// Base 64 with the letters of addresses, without padding: as browsers write the challenge.
std::string write_base64url(std::string_view bytes) {
  std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                   reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  while (!text.empty() && text.back() == '=') text.pop_back();
  for (char& letter : text) {
    if (letter == '+') letter = '-';
    if (letter == '/') letter = '_';
  }
  return text;
}

bool says(const nlohmann::json& object, const char* key, std::string_view wanted) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() && found->get_ref<const std::string&>() == wanted;
}

using PublicKey = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

// Null for what is no key on P-256.
PublicKey read_public_key(std::string_view der) {
  PublicKey none(nullptr, EVP_PKEY_free);
  if (der.empty() || der.size() > longest_public_key) return none;
  const auto* at = reinterpret_cast<const unsigned char*>(der.data());
  const unsigned char* const end = at + der.size();
  PublicKey key(d2i_PUBKEY(nullptr, &at, static_cast<long>(der.size())), EVP_PKEY_free);
  if (key == nullptr || at != end || EVP_PKEY_base_id(key.get()) != EVP_PKEY_EC) return none;
  std::array<char, 32> group{};
  std::size_t size = 0;
  if (EVP_PKEY_get_utf8_string_param(key.get(), OSSL_PKEY_PARAM_GROUP_NAME, group.data(), group.size(), &size) != 1) return none;
  if (std::string_view(group.data(), size) != "prime256v1") return none;
  return key;
}

}  // namespace

std::string raw_sha256(std::string_view bytes) {
  const Digest digest = sha256(bytes);
  return {reinterpret_cast<const char*>(digest.bytes.data()), digest.bytes.size()};
}

bool answers_call(std::string_view client_data, KeyCall call, std::string_view challenge, std::string_view origin) {
  if (client_data.size() > longest_client_data) return false;
  const nlohmann::json said = nlohmann::json::parse(client_data, nullptr, false);
  if (!said.is_object()) return false;
  // Asked by a page inside of a foreign one: our pages are framed by nobody.
  const auto crossed = said.find("crossOrigin");
  if (crossed != said.end() && !(crossed->is_boolean() && !crossed->get<bool>())) return false;
  return says(said, "type", call == KeyCall::make ? "webauthn.create" : "webauthn.get") && says(said, "origin", origin) &&
         says(said, "challenge", write_base64url(challenge));
}

std::string host_of_origin(std::string_view origin) {
  const auto scheme = origin.find("://");
  if (scheme == std::string_view::npos) return {};
  const std::string_view place = origin.substr(scheme + 3);
  return std::string(place.substr(0, place.find(':')));
}

std::optional<AuthenticatorData> read_authenticator_data(std::string_view bytes) {
  constexpr std::size_t flags_at = hash_bytes;
  constexpr std::size_t uses_at = flags_at + 1;
  constexpr std::size_t head = uses_at + 4;
  constexpr std::size_t id_size_at = head + 16;  // behind the kind of the authenticator
  if (bytes.size() < head) return std::nullopt;
  AuthenticatorData data;
  data.site_hash = bytes.substr(0, hash_bytes);
  data.touched = (byte_at(bytes, flags_at) & flag_touched) != 0;
  for (std::size_t at = uses_at; at < head; ++at) data.uses = data.uses * 256 + byte_at(bytes, at);
  if ((byte_at(bytes, flags_at) & flag_key_made) == 0) return data;
  if (bytes.size() < id_size_at + 2) return std::nullopt;
  const std::size_t size = byte_at(bytes, id_size_at) * 256 + byte_at(bytes, id_size_at + 1);
  if (size == 0 || bytes.size() - (id_size_at + 2) < size) return std::nullopt;
  data.made_id = bytes.substr(id_size_at + 2, size);
  return data;
}

bool is_public_key(std::string_view der) {
  return read_public_key(der) != nullptr;
}

bool is_signed_by_key(std::string_view public_key, std::string_view authenticator_data, std::string_view client_data,
                      std::string_view signature) {
  const PublicKey key = read_public_key(public_key);
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
  if (key == nullptr || context == nullptr) return false;
  const std::string signed_bytes = std::string(authenticator_data) + raw_sha256(client_data);
  return EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) == 1 &&
         EVP_DigestVerify(context.get(), reinterpret_cast<const unsigned char*>(signature.data()), signature.size(),
                          reinterpret_cast<const unsigned char*>(signed_bytes.data()), signed_bytes.size()) == 1;
}

}  // namespace hanjari::services
