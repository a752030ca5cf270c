// A room of a plan from above: its desks in rows, who sits at which, what is blocked.
#pragma once

#include <string>
#include <vector>

#include "hanjari/plans/workbench.h"
#include "site/pages/pages.h"

namespace hanjari::web {

// What lets people be moved on the drawing: everybody is a link to `address` followed by the seat, and the site's script
// lets them be dragged to another desk, which fills the form of the edit.
struct RoomMoves {
  std::string address;
  const Policy& policy;  // it says which desk is which seat
};

// An <svg> element, the front at the top. `moves`: null for a drawing to look at.
std::string render_plan_room(const Pages& pages, const VenueCode& venue, const Room& room,
                             const std::vector<services::DeskUse>& people, const RoomMoves* moves, Language language);

}  // namespace hanjari::web
