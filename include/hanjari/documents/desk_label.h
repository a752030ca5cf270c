// Desk labels (책상 좌석표): room, seat, number and name, to be stuck on the desks.
#pragma once

#include "hanjari/documents/paper.h"
#include "hanjari/domain/plan.h"

namespace hanjari::documents {

// A4 sheets of 3 x 8 labels of 70 x 36 mm with 4.5 mm free at the top and at the bottom, as label paper is sold, and
// hairlines to cut along on plain paper. Every room begins on a new sheet; labels go by seat, row by row. Each label
// carries the plan's digest, so that one of an older plan is known when it turns up. A venue without people has one
// page that says so.
Paper render_desk_labels_pdf(const PlannedExam& planned, VenueIndex venue, const PaperContext& context);

}  // namespace hanjari::documents
