// The roster (응시자 명부): who sits in each room of a venue, with places for photo, signature and absence mark.
// Columns: domain.md, Papers.
#pragma once

#include "hanjari/documents/paper.h"
#include "hanjari/domain/plan.h"

namespace hanjari::documents {

// A4 pages, each room beginning on a new one; rooms by number, people by seat. Rooms without people have no page; a
// venue without people has one page that says so.
Paper render_roster_pdf(const PlannedExam& planned, VenueIndex venue, const PaperContext& context);

// One sheet for the venue: text stays text, dates are dates, no formulas.
Paper render_roster_xlsx(const PlannedExam& planned, VenueIndex venue, const PaperContext& context);

// One line per person of the venue, by room and seat: UTF-8 with byte-order mark, CRLF, for spreadsheet programs. A
// value that a spreadsheet would read as a formula gets an apostrophe in front (see csv.h).
Paper render_roster_csv(const PlannedExam& planned, VenueIndex venue, const PaperContext& context);

}  // namespace hanjari::documents
