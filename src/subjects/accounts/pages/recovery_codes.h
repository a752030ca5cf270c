// Recovery codes on the screen, until whoever they are for says that they are kept: a reload, the other language or another page on
// the way loses none of them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hanjari/actor/actor.h"
#include "hanjari/site/routes.h"
#include "site/pages/typed_again.h"

namespace hanjari::web {

// The codes that were drawn just now for the session's account, with where it goes on, and what was typed before and is sent from
// below them. The browser keeps them in a cookie that is sealed for the account; no address and no log sees them.
Response show_drawn_codes(const Call& call, const services::Session& session, const std::vector<std::string>& codes,
                          const std::string& next, const std::optional<TypedForm>& typed);

// The page of the codes that wait, which a GET shows in either language; the way to the account where none do.
Response show_waiting_codes(const Call& call);
// "They are kept": the cookie goes, and the way goes on. Without that, the same page in the other language with what was typed.
Response take_codes_kept(const Call& call);

// Where the codes of the call's account are shown that wait; empty when none do.
std::string address_of_waiting_codes(const Call& call);

// What was typed before and may be sent again by this role; nothing for the rest.
std::optional<TypedForm> typed_for(const Call& call, services::Role role, const std::string& kept);

}  // namespace hanjari::web
