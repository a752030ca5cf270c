// The seat chart (좌석배치도): a room drawn from above, the front at the top, with who sits at each desk.
#pragma once

#include "hanjari/documents/paper.h"
#include "hanjari/domain/plan.h"

namespace hanjari::documents {

// One A4 page a room, lying or upright as the room is shaped. On every desk in use: seat, number, masked name, booklet
// and a box to tick for absence; blocked desks are crossed out, free ones empty. Below: enrolled, booklets, places for
// present and absent and to sign. A venue without people has one page that says so.
Paper render_seat_charts_pdf(const PlannedExam& planned, VenueIndex venue, const PaperContext& context);

}  // namespace hanjari::documents
