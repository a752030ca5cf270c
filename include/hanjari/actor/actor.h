// Who is asking, and the records kept of it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "hanjari/actor/audit.h"
#include "hanjari/base/clock.h"
#include "hanjari/base/text.h"
#include "hanjari/domain/exam.h"

namespace hanjari::services {

enum class Role { applicant, exam_officer, district_coordinator, venue_chief, auditor, administrator };

// The word of files, SQL and options: exam_officer, ...
std::string_view spell(Role role);
// Nothing for an unknown word.
std::optional<Role> parse_role(std::string_view word);
// The word people read.
Text name_of(Role role);

// Somebody who has signed in, and the request that this call came with.
struct Actor {
  std::string account;  // sign-in name of the staff, account id of an applicant
  Role role = Role::district_coordinator;
  std::optional<DistrictCode> district{};  // of a coordinator
  std::string source{};                    // network address, for the record
  std::string request{};                   // id of the request, for the record
};

// What the audit trail is told of this actor's change or reading.
Change change_of(const Actor& actor, const std::string& reason, Instant at);

// Counts wrong guesses per key (a source, a number); kept in the database so that several programs count together.
class AttemptLimit {
 public:
  virtual ~AttemptLimit() = default;
  // The key is kept as a keyed hash only. Callers ask before they try, so guesses running at the same moment can exceed
  // a limit by their number. Misses recorded for the key since `since`.
  virtual int count_misses(const std::string& key, Instant since) = 0;
  virtual void record_miss(const std::string& key, Instant at) = 0;
};

// Who read or took personal data of whom, and when: entries of the audit trail.
class AccessRecord {
 public:
  virtual ~AccessRecord() = default;
  // The action is "roster.pdf" or the like; `note.whose` names the people by their ids.
  virtual void record_access(const Change& change, const AuditNote& note) = 0;
  void record_access(const std::string& account, const std::string& action, const std::string& subject, Instant at) {
    record_access(Change{account, "", at}, AuditNote{action, subject});
  }
};

}  // namespace hanjari::services
