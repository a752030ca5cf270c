// The papers of a coordinator's own venues, made when they are asked for: nothing of them is kept, so that nobody whose
// rights ended finds anything, and no link outlives the session.
#pragma once

#include <string>
#include <vector>

#include "hanjari/actor/actor.h"
#include "hanjari/base/text.h"
#include "hanjari/documents/paper.h"
#include "hanjari/documents/templates.h"
#include "hanjari/plans/plans.h"

namespace hanjari::services {

struct OwnPapersWish {
  VenueCode venue{};                  // empty: every own venue with somebody at it
  std::vector<std::string> papers{};  // by name (documents::paper_kinds)
  std::vector<std::string> formats{};  // pdf, xlsx, csv
  Language language = Language::korean;
};

struct OwnPapers {
  std::string name;   // of the file; codes only
  std::string bytes;  // ZIP with a folder for each school
  std::string mark;   // of this copy, on every page; the audit trail says whose it is
};

// Whether the actor may have them is asked anew for each file. Recorded with everybody whose data it holds, and with the
// mark, before it is given. Throws NotAllowed (not_your_venue: of another district or not there, in the same words),
// InvalidInput (nothing_chosen; bad_request; paper_not_in_format; too_many_papers: more than 64 MB at once),
// NotFound (no_own_venues). `subjects`: what the chosen subjects are called.
OwnPapers take_own_papers(PlanRepository&, AccessRecord&, const Actor&, const LiveExam&, const OwnPapersWish&,
                          const documents::Templates*, Instant now, documents::SubjectNames subjects = {});

}  // namespace hanjari::services
