// Whose a form was: told by its token after the session that it belonged to has ended.
//
// Somebody else may sign in on the same machine meanwhile, at a library or in a family, and must not find words of
// another person stored as their own.
#pragma once

#include <string>

#include "hanjari/accounts/accounts.h"

namespace hanjari::services {

// The token of a new session's forms: 64 hexadecimal digits, of which nobody without the key can make one.
std::string draw_form_token(AccountRepository& accounts, const std::string& account);

// What a page may keep of the token of a form that came too late: it says whose the form was to who has the key, and is
// no token any more. Empty for what draw_form_token has not drawn, as the token of somebody who had not signed in.
std::string owner_mark_of(AccountRepository& accounts, const std::string& token);

enum class FormOwner { unknown, this_account, another_account };
// `mark`: as owner_mark_of gave it, or empty.
FormOwner find_owner(AccountRepository& accounts, const std::string& mark, const std::string& account);

}  // namespace hanjari::services
