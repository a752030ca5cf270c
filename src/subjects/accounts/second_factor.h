// What codes and security keys of the staff have in common: their limits, and how they are refused.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hanjari/accounts/accounts.h"
#include "hanjari/actor/attempts.h"

namespace hanjari::services {

[[noreturn]] void throw_wrong_code();
[[noreturn]] void throw_not_signed_in();

// What a guess at the second factor of an account is counted under.
std::vector<GuessLimit> code_limits(const std::string& account, const std::string& source);

// The authenticator's code, once; gives its step.
std::optional<std::int64_t> take_code_of(AccountRepository& accounts, const Account& account, const std::string& code,
                                         const std::string& by, Instant now);

}  // namespace hanjari::services
