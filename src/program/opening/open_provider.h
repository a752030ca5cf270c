// The identity provider of the configuration.
#pragma once

#include <memory>

#include "hanjari/accounts/identity_provider.h"
#include "program/opening/database_options.h"

namespace hanjari::cli {

// Nothing without identity.issuer. Throws InvalidInput (bad_configuration, bad_url).
std::unique_ptr<services::IdentityProvider> open_provider(const Configuration& configuration);

}  // namespace hanjari::cli
