// The forms in which officers make hand edits.
#pragma once

#include <vector>

#include <nlohmann/json.hpp>

#include "hanjari/plans/edit_sessions.h"
#include "hanjari/site/routes.h"

namespace hanjari::web {

// What the template of the forms draws: one form for every kind, in the order of the kinds. The form of the kind that
// `typed` names is open and holds what was typed, so that a refused edit is mended and not typed again.
nlohmann::json describe_edit_forms(const Call& call, const std::vector<services::EditKind>& kinds, const Values& typed);
// All kinds, as the page of a session offers them.
std::vector<services::EditKind> all_edit_kinds();

}  // namespace hanjari::web
