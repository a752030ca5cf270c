#include "program/opening/open_provider.h"

#include "hanjari/accounts/openid/provider.h"
#include "hanjari/base/error.h"

namespace hanjari::cli {
namespace {

// A person waits for it.
constexpr std::chrono::seconds timeout{5};

}  // namespace

std::unique_ptr<services::IdentityProvider> open_provider(const Configuration& configuration) {
  openid::ProviderSettings settings;
  settings.issuer = configuration.text("identity.issuer", "");
  if (settings.issuer.empty()) return nullptr;
  settings.client_id = configuration.text("identity.client_id", "");
  settings.return_address = configuration.text("identity.return_address", "");
  if (settings.client_id.empty() || settings.return_address.empty()) {
    throw InvalidInput("bad_configuration",
                       {"identity.issuer needs identity.client_id and identity.return_address",
                        "identity.issuer에는 identity.client_id와 identity.return_address가 필요합니다"});
  }
  settings.client_secret = configuration.secret("identity.client_key_file");
  settings.trusted_acr = configuration.words("identity.trusted_acr");
  const outgoing::CallLimits limits{.timeout = timeout, .authorities = configuration.text("tls.authorities", "")};
  return std::make_unique<openid::Provider>(
      std::move(settings), [limits](const outgoing::HttpCall& call) { return outgoing::send(call, limits); });
}

}  // namespace hanjari::cli
