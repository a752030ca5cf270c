// Security keys on pages: the list of the own ones, and the second step of a sign-in. The browser's script fills hidden fields with hexadecimal
// digits; without script these forms stay hidden, and the authenticator's code is the way in.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "hanjari/accounts/accounts.h"
#include "hanjari/site/routes.h"

namespace hanjari::web {

Response add_own_security_key(const Call& call);
Response remove_own_security_key(const Call& call);
Response confirm_second_step_by_key(const Call& call);

// For the page of the own account: what a new key signs, and the keys that are there.
nlohmann::json own_security_keys(const Call& call);
// For the page of the second step; null when the account has no key. `kept`: what was typed before a session ended.
nlohmann::json second_step_by_key(const Call& call, const std::string& account, const std::string& token, const std::string& next,
                                  const std::string& kept);

}  // namespace hanjari::web
