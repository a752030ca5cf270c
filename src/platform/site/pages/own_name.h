// Whose account is open, for the header of the portal's pages.
#pragma once

#include <string>

#include "hanjari/site/routes.h"

namespace hanjari::web {

// What the account is known by to its owner: the masked e-mail address or telephone number. People type their names into
// applications, each for itself, and those are opened for pages of the application alone. Empty for who has not signed
// in to the portal, and where the account cannot be read: a page is shown without it rather than not at all.
std::string own_name_of(const Call& call);

// As pages call the account of a session: on the portal as above, in the office by its name. Empty where it cannot be read.
std::string name_of_account(Site& site, Listener listener, const services::Session& session);

// The same as JSON, for the script of pages that are kept for everybody: {"name": "..."}; {} where there is none.
Response send_own_name(const Call& call);

}  // namespace hanjari::web
