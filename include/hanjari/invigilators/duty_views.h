// Who may see which part of an exam's duties, and when. Every page, file and answer that shows a duty to anybody takes
// it from here: this is the one place that knows when rooms are shown.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "hanjari/actor/actor.h"
#include "hanjari/invigilators/invigilators.h"
#include "hanjari/plans/exams.h"
#include "hanjari/plans/plans.h"

namespace hanjari::services {

// Whether rooms are shown to people other than exam officers: from the minute that the board sets, as long as that is on
// the day of the exam. Of an exam that was moved to another day rooms stay hidden until a minute of that day is set.
bool are_rooms_open(const DutyBoard& board, const ExamHead& head, Instant now);

// What of an exam is the reader's own.
struct DutyPart {
  bool everything = false;       // of an exam officer
  std::set<VenueCode> venues;    // otherwise
  std::string district;          // of a coordinator, whose people live there; empty: none
  bool rooms = false;            // whether rooms are shown to this reader now

  bool has(const VenueCode& venue) const { return everything || venues.contains(venue); }
};

// Throws NotAllowed (not_your_venue) for a role that has no part in duties.
DutyPart part_of(const Actor& actor, const ExamCode& exam, PlanRepository& plans, const DutyBoard& board,
                 const ExamHead& head, Instant now);

// A duty as a reader may see it. Without rooms `room_no` is empty, and the order tells nothing of rooms either.
struct ShownDuty {
  VenueCode venue;
  std::optional<std::int64_t> room_no;  // nothing: in the venue, or not to be shown
  DutyRole role = DutyRole::chief;
  InvigilatorId person;
};
// The order of show_duties.
bool stands_before(const ShownDuty& a, const ShownDuty& b);
std::vector<ShownDuty> show_duties(const DutyRows& rows, const DutyPart& part);
// The duty of one person; `rooms`: are_rooms_open.
std::optional<ShownDuty> show_own_duty(const DutyRows& rows, const InvigilatorId& person, bool rooms);

// Places that nobody comes to: nobody stands there, or somebody who has declined or withdrawn since. Without rooms places of a
// venue and role are counted together.
struct ShownGap {
  VenueCode venue;
  std::optional<std::int64_t> room_no;
  DutyRole role = DutyRole::chief;
  std::int64_t places = 1;
};
// Who comes, of a list of people.
std::set<InvigilatorId> outlines_who_come(const std::vector<PersonOutline>& people);
std::vector<ShownGap> show_gaps(const DutyRows& rows, const std::set<InvigilatorId>& coming, const DutyPart& part);
// What is printed and taken along: who comes, and with an empty number every place that nobody comes to, in the order of show_duties.
std::vector<ShownDuty> show_places(const DutyRows& rows, const std::set<InvigilatorId>& coming, const DutyPart& part);

// The newest duties; empty where there are none.
struct NewestDuties {
  std::optional<Staffing> staffing;
  DutyRows rows;
};
NewestDuties load_newest_duties(InvigilatorRepository& invigilators, const ExamCode& exam);
// Whether a plan is live other than that of these duties.
bool is_other_plan_live(ExamRepository& exams, const ExamCode& exam, const Staffing& staffing);
// Whether it also opens other venues, or another number of rooms at one of them: then these duties do not fit it. After a decision on one
// person another plan is live with the same rooms.
bool is_plan_replaced(ExamRepository& exams, const ExamCode& exam, const Staffing& staffing);

// Those of the people who are the reader's: who stand at an own venue or live in the own district.
std::vector<ListedPerson> own_people(std::vector<ListedPerson> people, const DutyRows& rows, const DutyPart& part);
std::vector<PersonOutline> own_people(std::vector<PersonOutline> people, const DutyRows& rows, const DutyPart& part);

// Own place in the load: the answer to "why again me?".
struct LoadPlace {
  std::int64_t past_duties = 0;
  std::int64_t more = 0;      // people used who have more past duties
  std::int64_t equal = 0;     // as many, without the asker
  std::int64_t fewer = 0;     // fewer
  std::int64_t free_fewer = 0;        // people with fewer past duties who are not used,
  std::int64_t free_no_consent = 0;   // of these: who have not consented,
  std::int64_t free_other_role = 0;   // who have not one of the roles of the asker,
  std::int64_t free_no_place = 0;     // and who could stand in no place that would let the asker go
  bool proven = false;                // that no fairer distribution exists
  Load used;                          // how many of all who are used have so many past duties, the most first
};
LoadPlace place_in_load(const std::vector<PersonOutline>& people, const DutyRows& rows, const InvigilatorId& asker);

}  // namespace hanjari::services
