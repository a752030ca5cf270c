// A room of a plan from above: its desks in rows, who sits at which, what is blocked.
#pragma once

#include <string>
#include <vector>

#include "hanjari/plans/workbench.h"
#include "site/pages/pages.h"

namespace hanjari::web {

// An <svg> element, the front at the top. A desk in use is a link to `move_address` followed by the number, where that is
// not empty.
std::string render_plan_room(const Pages& pages, const Room& room, const std::vector<services::DeskUse>& people,
                             const std::string& move_address, Language language);

}  // namespace hanjari::web
