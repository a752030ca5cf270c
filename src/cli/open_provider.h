// The identity provider of the configuration.
#pragma once

#include <memory>

#include "cli/database_options.h"
#include "hanjari/services/identity_provider.h"

namespace hanjari::cli {

// Nothing without identity.issuer. Throws InvalidInput (bad_configuration, bad_url).
std::unique_ptr<services::IdentityProvider> open_provider(const Configuration& configuration);

}  // namespace hanjari::cli
