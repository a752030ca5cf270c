// Signing in to the office through the identity provider of the house, if there is one.
#pragma once

#include "hanjari/site/routes.h"

namespace hanjari::web {

Response ask_provider(const Call& call);
// With what was typed before a session ended, which is shown again when the person is back.
Response ask_provider_with_typed(const Call& call);
Response take_provider_answer(const Call& call);

}  // namespace hanjari::web
