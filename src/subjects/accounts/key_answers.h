// What a security key says, and whether it said it (WebAuthn Level 2, sections 6.1, 7.1 and 7.2, without attestation).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hanjari::services {

enum class KeyCall { make, use };

// Whether the browser asked the key for this: the call, the challenge (raw bytes) and the page's origin.
bool answers_call(std::string_view client_data, KeyCall call, std::string_view challenge, std::string_view origin);

// The host of an origin, without its port; empty when it is none.
std::string host_of_origin(std::string_view origin);

struct AuthenticatorData {
  std::string site_hash;  // SHA-256 of the host's name
  bool touched = false;   // somebody was there
  std::int64_t uses = 0;
  std::string made_id;  // of the credential that was made; empty when none was
};
// Nothing for bytes that are none.
std::optional<AuthenticatorData> read_authenticator_data(std::string_view bytes);

// A public key on P-256, as DER and nothing behind it.
bool is_public_key(std::string_view der);
// ECDSA with SHA-256 over the authenticator's data and the digest of the browser's.
bool is_signed_by_key(std::string_view public_key, std::string_view authenticator_data, std::string_view client_data,
                      std::string_view signature);

std::string raw_sha256(std::string_view bytes);

}  // namespace hanjari::services
