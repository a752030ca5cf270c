// Places that somebody has left, who may take them, and calls to take one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hanjari/actor/actor.h"
#include "hanjari/invigilators/duty_views.h"
#include "hanjari/invigilators/invigilators.h"
#include "hanjari/plans/exams.h"
#include "hanjari/plans/plan_copies.h"
#include "hanjari/staffing/substitutes.h"

namespace hanjari::services {

// waiting: has not answered, the time is not over. accepted: takes the place, and does not stand in the duties yet.
enum class CallState { waiting, accepted, declined, expired };
std::string_view spell(CallState state);
Text name_of(CallState state);

struct CalledPerson {
  InvigilatorId id;
  CallState state = CallState::waiting;
  Instant called_at{};
  Instant until{};
};

// Places of one venue and role where nobody comes: people who stand there have declined or withdrawn, or nobody stood there.
// Rooms are told apart for nobody, so that the same page tells nothing of them to readers to whom they are not shown yet.
struct Vacancy {
  VenueCode venue;
  DutyRole role = DutyRole::chief;
  std::int64_t places = 0;
  std::vector<InvigilatorId> left;            // who stand there in the duties and do not come
  std::vector<CalledPerson> called;           // for this venue and role; oldest first
  std::vector<staffing::Substitute> next;     // who can be called, in their order
  // Whether somebody can be called: fewer have been called who may come than places are free.
  bool may_call = false;
};

// By venue and role. Who can be called: people of the reader's part who stand nowhere, are awaited nowhere, have not said no
// and were not called for this venue and role before, as far as the rules let them take one of the places. Who has not
// consented yet is asked for that with the call. To readers without rooms the rules of rooms are left out of the list.
std::vector<Vacancy> list_vacancies(InvigilatorRepository&, ExamRepository&, PlanCopies& copies, const ExamCode&,
                                    const DutyPart& part, Instant now);

struct CallWish {
  VenueCode venue;
  DutyRole role = DutyRole::chief;
  InvigilatorId person;
  std::int64_t minutes = 0;  // for an answer
};
constexpr std::int64_t least_call_minutes = 10;
constexpr std::int64_t most_call_minutes = 7 * 24 * 60;
// Sends a code that is good for an answer as long as is wished, and no longer than the day of the exam. Gives back the end.
// Throws NotFound (no_vacancy), InvalidInput (no_substitute, unreachable, bad_request), Conflict (already_called,
// invigilators_changed).
Instant call_substitute(InvigilatorRepository&, ExamRepository&, PlanCopies& copies, const ExamCode&, const CallWish&,
                        const DutyPart& part, const std::string& page, const Change&);

// Puts who has accepted a call into a place of its venue and role that is free, in the place of who does not come, under the
// check of a hand edit. False: no place there can be taken by the rules, or none is free any more; then the call stays
// accepted, and an officer places the person or does not.
bool place_substitute(InvigilatorRepository&, ExamRepository&, PlanCopies& copies, const ExamCode&, const InvigilatorId&,
                      Instant now);

}  // namespace hanjari::services
