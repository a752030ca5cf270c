// The door list (출입문 게시 명단): what hangs on the door of a room. It holds numbers and seats but no names, because
// everybody who passes reads it.
#pragma once

#include "hanjari/documents/paper.h"
#include "hanjari/domain/plan.h"

namespace hanjari::documents {

// One A4 page a room (more only beyond a hundred people): the room in large letters, its units and times, every number
// with its seat, and the desks from above with their seat numbers. A venue without people has one page that says so.
Paper render_door_lists_pdf(const PlannedExam& planned, VenueIndex venue, const PaperContext& context);

}  // namespace hanjari::documents
