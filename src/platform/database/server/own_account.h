// The operating-system account that runs the program.
#pragma once

#include <string>

namespace hanjari::storage {

// The private server lets this account in by looking at who holds the other end of the socket. Throws Unavailable
// (no_account_name) when the number has no name.
std::string own_account_name();

}  // namespace hanjari::storage
