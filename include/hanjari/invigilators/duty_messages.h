// What the program tells invigilators by itself: where they are placed or moved to, that a place which they accepted is not free
// any more, and that their time for an answer ends.
#pragma once

#include <cstdint>
#include <string>

#include "hanjari/invigilators/invigilators.h"
#include "hanjari/plans/exams.h"
#include "hanjari/plans/plans.h"

namespace hanjari::services {

// Of one round, as people.
struct DutyMessages {
  std::int64_t placed = 0;
  std::int64_t moved = 0;     // to another venue or role
  std::int64_t freed = 0;     // were told of a place and have none now
  std::int64_t filled = 0;    // had accepted a place that is not free any more
  std::int64_t reminded = 0;  // of an invitation that ends soon
  bool more = false;          // a round tells so many people at most; others are due too
};
constexpr std::int64_t most_told_at_once = 500;

// Duties are told once they are those of the live plan, or of one with the same rooms, and nobody has changed them for some minutes, so that a run and its
// corrections make one message. A message names venue and role and nothing of rooms; a move from room to room is none. Each
// person is told once of a place and reminded once of an invitation; whoever cannot be reached is passed over until they
// can. Whoever has accepted a call, stands nowhere and finds no free place of its venue and role any more is told that too, and the
// acceptance ends, whether or not they can be reached: their page says it. For this two minutes without a change do on any day.
// Messages go out by day only, on the day of the exam at any hour, and after it not at all. People who are changed by somebody else at
// the same moment are told in a later round. `page`: the address of their own page, with which messages end; empty: not known.
DutyMessages tell_invigilators(InvigilatorRepository&, ExamRepository&, PlanRepository&, const ExamCode&, Instant now,
                               const std::string& page = {});

}  // namespace hanjari::services
