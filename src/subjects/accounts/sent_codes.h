// Six-digit codes that were sent to somebody.
#pragma once

#include <string>

#include "hanjari/accounts/accounts.h"

namespace hanjari::services {

std::string draw_code();

// The code behind the ticket, if this is it; for everybody else it is used up then, and for this browser once it is
// settled. Throws CodeExpired, WrongCode.
SentCode take_right_code(AccountRepository& accounts, const std::string& ticket, const std::string& code,
                         CodePurpose purpose, const Visitor& visitor, Instant now);

}  // namespace hanjari::services
