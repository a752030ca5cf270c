// Who is asking, and the records kept of it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

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

// A signed-in member of the staff.
struct Actor {
  std::string account;  // sign-in name
  Role role = Role::district_coordinator;
  std::optional<DistrictCode> district;  // of a coordinator
};

// Counts wrong guesses per key (a source, a number); kept in the database so that several programs count together.
class AttemptLimit {
 public:
  virtual ~AttemptLimit() = default;
  // The key is kept as a keyed hash only. Callers ask before they try, so guesses running at the same moment can exceed
  // a limit by their number. Misses recorded for the key since `since`.
  virtual int count_misses(const std::string& key, Instant since) = 0;
  virtual void record_miss(const std::string& key, Instant at) = 0;
};

// Who read or took personal data of whom, and when.
class AccessRecord {
 public:
  virtual ~AccessRecord() = default;
  virtual void record_access(const std::string& account, const std::string& action, const std::string& subject,
                             Instant at) = 0;
};

}  // namespace hanjari::services
