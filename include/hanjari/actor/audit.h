// The record of who did what: every change and every reading of personal data, written in the transaction of the work
// itself, in chains of keyed digests that show a changed, missing, moved or added entry.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hanjari/base/clock.h"
#include "hanjari/base/progress.h"

namespace hanjari::services {

// Who does something, why and when, from where. The first three are all that a command line knows.
struct Change {
  std::string author;  // account: sign-in name of the staff, account id of an applicant
  std::string reason;  // free text of the author; kept sealed
  Instant at{};
  std::string role{};     // word of the role, or "program"
  std::string source{};   // network address, of a command account and machine of its shell; kept sealed
  std::string request{};  // id of the HTTP request
  // Of a command: account of the operating system and machine, "root@host". Nobody signs in there and the author is only
  // named, so every entry says at whose command line it was; empty when somebody signed in.
  std::string shell{};
};

// What was done to what. Action, subject and detail are read by everybody who may read the trail and hold codes only,
// nothing about a person; what is personal belongs into before, after and whose, which are kept sealed.
struct AuditNote {
  std::string action;   // "plan.live": lower-case words with underscores around one dot
  std::string subject;  // of what: codes, "seoul-2021-1/V0001"
  std::string detail{};
  std::optional<std::string> before{};  // the values before the change, as text or JSON; nothing for something new
  std::optional<std::string> after{};
  std::string exam{};                // code of the exam whose key seals the content; empty: of no exam
  std::vector<std::string> whose{};  // ids of the people whose data was read or taken
};

// An entry as it is read back. Sealed parts of an exam whose data was destroyed stay closed.
struct AuditEntry {
  std::int64_t number = 0;
  Change change;
  AuditNote note;
  bool destroyed = false;
  bool damaged = false;  // the sealed parts do not open although their key should be there
};

struct AuditFilter {
  std::string author{};
  std::string action{};            // whole, or up to the dot: "roster"
  std::string subject{};           // as a beginning
  std::string whose{};             // id of a person whose data was read
  std::int64_t before_number = 0;  // only older entries; 0: from the newest
  std::size_t limit = 50;
  // Entries of work that began in this time alone: from the one moment on, before the other.
  std::optional<Instant> from{};
  std::optional<Instant> until{};
};

// The first place where the trail is not what was written.
struct AuditBreak {
  std::int64_t number = 0;  // of the entry, 0 when it is gone
  int lane = 0;
  std::int64_t place = 0;  // in its lane, from 1
  std::string what;        // changed, missing, unlinked, people_changed, forged, cut_off, rewritten, anchor_forged
};

struct AuditReport {
  std::int64_t entries = 0;    // that were checked
  std::int64_t unchained = 0;  // written before the chain began
  std::int64_t anchors = 0;    // signed heads that were compared, of the file that was named or else of the program's own
  // When the newest head of all files was signed.
  std::optional<Instant> newest_head;
  // When the first entry was written that a request made: whoever serves signs a head each minute.
  std::optional<Instant> served_since;
  std::optional<Instant> served_until;  // and the newest of them
  std::optional<AuditBreak> first_break;
};

class AuditTrail {
 public:
  virtual ~AuditTrail() = default;
  // An entry that belongs to no other change. Work that changes rows writes its entries in its own transaction instead.
  virtual void record(const Change& change, const AuditNote& note) = 0;
  // Newest first.
  virtual std::vector<AuditEntry> list_entries(const AuditFilter& filter) = 0;
  // Follows every chain from its beginning and compares with the signed heads of the program's own file and of the
  // one that was named.
  virtual AuditReport verify(Progress& progress) = 0;
  // Signs where all chains stand now, keeps that in the anchor file and returns the line, for the log. Before the first entry too:
  // that nothing was there yet is what a program that is killed soon leaves behind.
  virtual std::string anchor(Instant now) = 0;
};

}  // namespace hanjari::services
