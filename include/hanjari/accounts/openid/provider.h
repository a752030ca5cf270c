// The identity provider of the configuration, reached over HTTPS.
#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>

#include "hanjari/accounts/identity_provider.h"
#include "hanjari/outgoing/http_call.h"

namespace hanjari::openid {

struct ProviderSettings {
  std::string issuer;  // as it stands in the provider's description; https, or http on this machine
  std::string client_id;
  std::string client_secret{};   // empty: a public client, guarded by PKCE alone
  std::string return_address{};  // of the office's page that takes the answer, as registered with the provider
  // Values of `acr` that count as a second factor of ours. Others are asked for our own code.
  std::set<std::string> trusted_acr{};
};

using Send = std::function<outgoing::HttpReply(const outgoing::HttpCall&)>;

struct Description;

// Asks for the provider's description and keys when they are needed: they are kept for an hour, and fetched again for a
// token of a key that is not known, once a minute at most. May be used by several threads.
class Provider : public services::IdentityProvider {
 public:
  // Throws InvalidInput (bad_url) for an issuer that would be reached in the clear.
  Provider(ProviderSettings settings, Send send);
  ~Provider() override;
  const std::string& issuer() const override;
  services::ProviderQuestion ask(Instant now) override;
  services::VouchedIdentity check(const std::string& keepsake, const services::ProviderAnswer& answer,
                                  Instant now) override;

 private:
  class Knowledge;
  Description describe(Instant now);
  std::string exchange(const std::string& address, const std::string& code, const std::string& verifier);

  ProviderSettings settings_;
  Send send_;
  std::unique_ptr<Knowledge> known_;
};

}  // namespace hanjari::openid
