// The papers of the own venues of a coordinator or of a venue's chief, made when they are asked for: nothing of them is kept, so that
// nobody whose rights ended finds anything, and no link outlives the session. The audit trail keeps, sealed, a digest of each file that
// was taken, from which a later edition tells what changed.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "hanjari/actor/actor.h"
#include "hanjari/actor/audit.h"
#include "hanjari/base/text.h"
#include "hanjari/documents/paper.h"
#include "hanjari/documents/templates.h"
#include "hanjari/plans/plans.h"

namespace hanjari::services {

struct OwnPapersWish {
  VenueCode venue{};                  // empty: every own venue with somebody at it
  std::vector<std::string> papers{};  // by name or title (documents::find_named_paper)
  std::vector<std::string> formats{};  // pdf, xlsx, csv
  Language language = Language::korean;
  std::string since{};  // digest of a plan, or at least 12 digits: only files that read otherwise than those taken of it; empty: all
};

struct OwnPapers {
  std::string name;   // of the file, by the school or the district
  std::string bytes;  // ZIP with a folder for each school; with `since` also the list of what to replace, keep and throw away
  int unchanged = 0;  // files left out because they read as those of the edition do
  std::string mark;   // of this copy, on every page; the audit trail says whose it is
};

// What an account took of one plan.
struct OwnEdition {
  std::string plan;    // digest
  Instant taken_at{};  // for the last time
  // By venue, paper, format and language: digests of what the files say, without what differs from copy to copy.
  std::map<std::string, std::string> prints{};
};
// Of this account and exam, the one that was taken last first. Read from the audit trail: once the exam's personal data is destroyed
// there are none.
std::vector<OwnEdition> list_own_editions(AuditTrail&, const Actor&, const ExamCode& exam);

// Who asks, and what is asked for it. `own_venue`: what a chief looks after in this exam. `trail` may be null: then nothing was taken
// before.
struct OwnPapersDesk {
  PlanRepository& plans;
  AccessRecord& accesses;
  AuditTrail* trail = nullptr;
  const Actor& actor;
  std::optional<VenueCode> own_venue{};
  documents::SubjectNames subjects{};  // what the chosen subjects are called
  // Whether the rights are what they were: papers of a district take seconds, in which an account may be disabled or a venue taken
  // back. Empty: they cannot end meanwhile.
  std::function<bool()> has_rights_still{};
  documents::PortraitSource portraits{};  // the photos of the exam's people; null: frames
};

// Whether the actor may have them is asked first, and once more before they are given. Recorded with everybody whose data it holds, and
// with the mark, before it is given. Throws NotAllowed (not_your_venue: of another district or not there, in the same words),
// InvalidInput (nothing_chosen; bad_request; paper_not_in_format; too_many_papers: more than 64 MB at once),
// NotFound (no_own_venues; edition_not_taken: this account took nothing of `since`).
OwnPapers take_own_papers(const OwnPapersDesk&, const LiveExam&, const OwnPapersWish&, const documents::Templates*, Instant now);

}  // namespace hanjari::services
