// The signed statement of a provider about who somebody is (OpenID Connect Core 1.0, section 3.1.3.7).
#pragma once

#include <string>
#include <vector>

#include "accounts/openid/key_set.h"
#include "hanjari/base/clock.h"

namespace hanjari::openid {

struct IdTokenRules {
  std::string issuer;
  std::string client_id;
  std::string nonce;
  Instant now;
};

struct IdTokenClaims {
  std::string subject;
  std::string acr;               // how the person was asked; may be empty
  std::vector<std::string> amr;  // by which means
};

// The id of the key that signed; empty when the token does not say or cannot be read.
std::string key_id_of(const std::string& token);

// Clocks may differ by a minute. Throws NotAllowed (provider_refused) with what does not hold.
IdTokenClaims verify_id_token(const std::string& token, const std::vector<SigningKey>& keys, const IdTokenRules& rules);

}  // namespace hanjari::openid
