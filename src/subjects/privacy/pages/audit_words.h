// Actions of the audit trail in the words of auditors.
#pragma once

#include <string_view>

#include "hanjari/base/text.h"

namespace hanjari::web {

// The code itself for an action that has no words.
Text name_of_action(std::string_view action);

}  // namespace hanjari::web
