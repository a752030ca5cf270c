// TLS towards other services.
#pragma once

#include <string>

#include <Poco/Net/Context.h>

namespace hanjari::outgoing {

// TLS 1.2 or newer, with the authorities of the system and those of the PEM file `authorities` (may be empty). The
// other side must show a certificate of one of them for its name. Throws Unavailable (bad_authorities) when the file
// cannot be read.
Poco::Net::Context::Ptr client_context(const std::string& authorities);

}  // namespace hanjari::outgoing
