// Sign-in of the staff by an identity provider of the house (OpenID Connect Core 1.0, authorization code with PKCE).
#pragma once

#include <string>

#include "hanjari/base/clock.h"

namespace hanjari::services {

// Where the browser goes to be asked who it is.
struct ProviderQuestion {
  std::string address;
  // What the browser keeps until it comes back, in a cookie: it binds the answer to this browser. Letters, digits, dots
  // and dashes.
  std::string keepsake;
};

// What the provider sends the browser back with.
struct ProviderAnswer {
  std::string state;
  std::string code;
  std::string issuer{};  // RFC 9207; empty when the provider does not say
};

// Whom the provider vouches for.
struct VouchedIdentity {
  std::string issuer;
  std::string subject;  // the provider's own name of the person; never changes
  // The provider asked for a second factor itself, in a way that the configuration trusts.
  bool second_factor = false;
};

class IdentityProvider {
 public:
  virtual ~IdentityProvider() = default;
  virtual const std::string& issuer() const = 0;
  // Throws Unavailable (provider_unreachable: no answer, or one that is not OpenID Connect).
  virtual ProviderQuestion ask(Instant now) = 0;
  // Throws NotAllowed (provider_refused: not the answer to this question, or not of this provider), Unavailable
  // (provider_unreachable).
  virtual VouchedIdentity check(const std::string& keepsake, const ProviderAnswer& answer, Instant now) = 0;
};

}  // namespace hanjari::services
