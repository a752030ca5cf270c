// Asking for a password on the terminal, or taking the first line of standard input.
#pragma once

#include <string>

#include "hanjari/cli/command.h"

namespace hanjari::cli {

// Throws InvalidInput (passwords_differ).
std::string ask_password(const Terminal& terminal);

}  // namespace hanjari::cli
