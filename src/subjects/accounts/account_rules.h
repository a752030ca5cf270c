// What a staff account must be, whoever makes or changes it.
#pragma once

#include "hanjari/actor/actor.h"

namespace hanjari::services {

// Throws InvalidInput (bad_account_name, bad_role, bad_district).
void check_account(const Actor& actor);

}  // namespace hanjari::services
