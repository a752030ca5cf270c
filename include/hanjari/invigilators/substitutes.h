// Places that somebody has left, who may take them, and calls to take one.
#pragma once

#include <cstdint>
#include <map>
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

// waiting: has not answered, the time is not over. accepted: takes the place, and does not stand in the duties yet. taken_back:
// by the office, before there was an answer. filled: had accepted, and was told that the place is not free any more.
enum class CallState { waiting, accepted, declined, expired, taken_back, filled };
std::string_view spell(CallState state);
Text name_of(CallState state);

struct CalledPerson {
  InvigilatorId id;
  CallState state = CallState::waiting;
  Instant called_at{};
  Instant until{};
};

// Places of one venue and role where nobody comes: people who stand there have declined or withdrawn, or nobody stood there.
// Without any place where somebody is still called to one that is filled by now: that call waits to be taken back. Rooms are told apart for nobody, so that the same page tells nothing of them to readers to whom they are not shown yet.
struct Vacancy {
  VenueCode venue;
  DutyRole role = DutyRole::chief;
  std::int64_t places = 0;
  std::vector<InvigilatorId> left;            // who stand there in the duties and do not come
  std::vector<CalledPerson> called;           // for this venue and role; oldest first
  std::vector<staffing::Substitute> next;     // who can be called, in their order
  // Who was taken off a place of these by hand, and could be called otherwise; and why any of these, or of `next`, was.
  std::vector<InvigilatorId> taken_off;
  std::map<InvigilatorId, std::string> taken_off_for;
  // Whether somebody can be called: fewer have been called who may come than places are free.
  bool may_call = false;
};

// By venue and role. Who can be called: people of the reader's part who stand nowhere, are awaited nowhere, have not said no
// were not called for this venue and role before and not taken off it by hand, as far as the rules let them take one of the places. Who has not
// consented yet is asked for that with the call. To readers without rooms the rules of rooms are left out of the list.
std::vector<Vacancy> list_vacancies(InvigilatorRepository&, ExamRepository&, PlanCopies& copies, const ExamCode&,
                                    const DutyPart& part, Instant now);

// How many places of the newest duties nobody comes to, by venue of the part; venues without any are absent. Nothing of rooms is
// in it, and nobody is opened for it.
std::map<VenueCode, std::int64_t> count_vacancies(InvigilatorRepository&, const ExamCode&, const DutyPart& part);

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

struct TakeBackWish {
  VenueCode venue;
  DutyRole role = DutyRole::chief;
  std::vector<InvigilatorId> people{};  // whom the question named; empty: everybody whose answer is awaited
};
// Those of the reader's people whose answer to a call to this venue in this role is awaited, by number; nobody of a venue that
// is not the reader's, or is not there.
std::vector<ListedPerson> list_awaited(InvigilatorRepository&, const ExamCode&, const TakeBackWish&, const DutyPart& part,
                                       Instant now);
// Takes these calls back and tells whoever was called; an invitation that came with the call alone ends with it. Whoever answers
// at the same moment keeps the answer and is left out, so that the people given back, by number, are exactly those who cannot
// accept any more. Where no answer is awaited nobody is: to take back again changes, tells and records nothing. `page`: the
// address of the people's own page, empty where it is not known. Throws Conflict (invigilators_changed), and as save_people.
std::vector<InvigilatorId> take_back_calls(InvigilatorRepository&, ExamRepository&, const ExamCode&, const TakeBackWish&,
                                           const DutyPart& part, const std::string& page, const Change&);

// Puts who has accepted a call into a place of its venue and role that is free, in the place of who does not come, under the
// check of a hand edit. False: no place there can be taken by the rules, or none is free any more; then the call stays
// accepted, and an officer places the person or does not. Before the minute of the rooms nothing is checked and nobody is
// placed, because both would say something of rooms: everybody who accepts is answered alike, and placed from the minute on.
bool place_substitute(InvigilatorRepository&, ExamRepository&, PlanCopies& copies, const ExamCode&, const InvigilatorId&,
                      Instant now);

// Whoever has accepted and stands nowhere yet, by number.
struct PlacedSubstitutes {
  std::vector<InvigilatorId> placed;
  std::vector<InvigilatorId> refused;  // by a rule, or because no place is free any more
  std::map<InvigilatorId, std::vector<Text>> reasons;  // why each of them; rules of rooms too, for exam officers alone
};
// Places them as place_substitute does: in the name of an exam officer at any time, who sees rooms anyway.
PlacedSubstitutes place_accepted(InvigilatorRepository&, ExamRepository&, PlanCopies& copies, const ExamCode&, const Change&);
// The same by the program itself, once rooms are shown and until the day of the exam is over; how many were placed.
std::int64_t place_accepted_on_the_day(InvigilatorRepository&, ExamRepository&, PlanCopies& copies, const ExamCode&, Instant now);

}  // namespace hanjari::services
