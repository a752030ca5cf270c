// Actions of the audit trail in the words of auditors.
#pragma once

#include <string>
#include <string_view>

#include "hanjari/base/text.h"

namespace hanjari::web {

// The code itself for an action that has no words.
Text name_of_action(std::string_view action);

// The code of an action that was typed in the words that the trail shows, of either language; anything else as it is.
std::string code_of_action(const std::string& typed);

}  // namespace hanjari::web
