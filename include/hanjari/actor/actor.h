// Who is asking, and the records kept of it.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

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

// What the audit trail is told of this actor's change or reading. The reason is cleaned as everything that people type: one of
// blanks and of characters that nobody sees is none.
Change change_of(const Actor& actor, const std::string& reason, Instant at);

// How many wrong guesses of a key (a source, a number) are borne within a time.
struct GuessLimit {
  std::string key;
  int misses = 10;
  std::chrono::minutes within{};
};

// Counts wrong guesses per key; kept in the database so that several programs count together. Keys are kept as keyed
// hashes only.
class AttemptLimit {
 public:
  virtual ~AttemptLimit() = default;
  // Counts a guess under every key before it is made; `guess` is a random word of its own, by which a repeated call is
  // known. Guesses of one moment, made by whichever program, exceed no limit. full: a limit is reached, nothing was
  // counted. busy: it would be reached if every guess that is being judged at this moment were wrong; ask again.
  enum class Reserved { yes, full, busy };
  virtual Reserved reserve(const std::string& guess, const std::vector<GuessLimit>& limits, Instant at) = 0;
  // A wrong guess stays counted, a right one is taken back; so is one that was said to be wrong before.
  virtual void settle(const std::string& guess, bool wrong) = 0;
  // Guesses counted for the key since `since`.
  virtual int count_misses(const std::string& key, Instant since) = 0;
  // A wrong guess that was not reserved.
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
