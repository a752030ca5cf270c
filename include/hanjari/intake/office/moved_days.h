// Letters to people whose exam day became another one because the notice, or the calendar of their unit, was changed.
#pragma once

#include <cstdint>
#include <functional>
#include <map>

#include "hanjari/intake/applications.h"
#include "hanjari/intake/recruitments.h"
#include "hanjari/intake/setup_versions.h"
#include "hanjari/messages/messages.h"

namespace hanjari::services {

struct MovedDayStores {
  RecruitmentRepository& recruitments;
  SetupRepository& setups;
  ApplicationRepository& applications;
  MessageOutbox& outbox;
  const Clock& clock;
};

// Of the versions that applicants saw the last one counts that gave their unit another day: everybody is told once of it
// whose application stands and was submitted before, whoever tells and however often. Not told are those whose day is
// over. Returns how many were told now. Throws NotFound (unknown_recruitment).
std::int64_t tell_of_moved_days(
    const MovedDayStores&, const ExamCode&, const std::function<bool()>& stopping = [] { return false; });

// At once after a version was saved that applicants see, of every notice; after a start of all of them.
class MovedDayRounds {
 public:
  std::int64_t run(const MovedDayStores&, const std::function<bool()>& stopping = [] { return false; });

 private:
  std::map<ExamCode, std::int64_t> told_;  // versions
};

}  // namespace hanjari::services
