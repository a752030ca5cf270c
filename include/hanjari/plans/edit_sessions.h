// A plan edited by hand: a session is a list of edits on a stored plan. Each edit is tried with the code of the command
// `edit`, judged by the verifier, and stored only when it breaks no rule that was not broken before. What is stored says
// of everybody who is moved the seat, so that a plan is the same bytes whichever program computes it again, and undoing
// all edits gives the stored plan itself.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "hanjari/jobs/job_runner.h"
#include "hanjari/plans/workbench.h"

namespace hanjari::services {

// person: to a room, and to a seat of it; somebody who has no seat in the plan gets one there and a number. swap_people: two people change seats. room: everybody of a room to another one.
// swap_rooms: everybody of two rooms. unit: everybody of a unit at a venue to another venue. close_venue: everybody of a
// venue to others as re-planning without it does, which moves the fewest people and nobody who is locked; takes seconds in
// the largest exams. The venue is locked from then on: no later edit puts anybody into it before it is unlocked. A venue
// that the exam does not have cannot be added by an edit: hand moves name places of the exam that the plan is of. lock,
// unlock: a person, a room or a venue stays as it is, in this session.
enum class EditKind { person, swap_people, room, swap_rooms, unit, close_venue, lock, unlock };
std::string_view spell(EditKind kind);
std::optional<EditKind> parse_edit_kind(std::string_view word);
Text name_of(EditKind kind);

struct EditWish {
  EditKind kind = EditKind::person;
  // Of person, swap_people; of lock and unlock unless they name a venue. Whoever has no seat has no number yet: of person
  // it may be the applicant_id of one of those.
  ApplicantNumber number{};
  ApplicantNumber other_number{};  // of swap_people
  VenueCode venue{};               // where people are now: room, swap_rooms, unit, close_venue; of lock and unlock
  std::int64_t room_no = 0;        // of room, swap_rooms; of lock and unlock, 0: the whole venue
  UnitCode unit{};
  VenueCode to_venue{};  // where they go: person, room, swap_rooms, unit
  std::int64_t to_room_no = 0;
  std::int64_t seat_no = 0;  // of person; 0: the program chooses
};

// An edit as it is kept.
struct EditContent {
  EditKind kind = EditKind::person;
  std::string subject;            // "01000001", "V1/2", "V1", "010 V1"
  std::string to;                 // where to, in the same words; may be empty
  std::vector<HandMove> moves;    // of everybody who is moved, with the seat; none of lock and unlock
  std::string locked;             // of lock and unlock: what, as "person A1", "room V1/2" or "venue V1"
};
std::string write_edit(const EditContent& content);
EditContent read_edit(const std::string& text);

// A session as it stands: its plan with every edit that counts.
struct EditedPlan {
  EditSession session;
  std::shared_ptr<const PlanCopy> base;
  std::vector<StoredEdit> edits;       // all, by number
  std::vector<EditContent> contents;   // of the same
  std::vector<HandMove> moves;         // everybody who sits elsewhere than in the stored plan, and where: by the first edit
                                       // that names the person, for new numbers are given in this order
  Plan plan;                           // the stored plan itself when nothing counts
  std::set<std::string> locked;
};

// What an edit does and what the verifier says of it.
struct EditAnswer {
  EditContent content;
  std::vector<verification::Violation> broken;  // rules that it breaks; empty: it may be stored
  std::int64_t people = 0;                      // who move or are seated
  std::vector<ApplicantIndex> seated;           // those of them who had no seat before
  Metres travel_before = 0;                     // of everybody
  Metres travel_after = 0;
  std::int64_t over_cap_before = 0;
  std::int64_t over_cap_after = 0;
  Plan plan;  // after the edit
};

// The author's own session of the plan in which nothing was done yet, or else a new one: a second click opens no second.
// Throws NotFound (plan_not_found), Conflict (exam_destroyed).
EditSession open_edits(ExamRepository&, Workbench&, const ExamCode& code, const std::string& digest, const Change&);
// The session of this exam; throws NotFound (no_such_session).
EditSession find_edits(Workbench&, const ExamCode& code, const std::string& session);
EditedPlan load_edited_plan(ExamRepository&, Workbench&, const EditSession& session);
// Nothing is stored. Throws InvalidInput for people and places that are not there, for what is locked, for a lock
// that is there already, and where no seat is free.
EditAnswer try_wish(const EditedPlan& edited, const EditWish& wish);
// As try_wish; stores the edit when it breaks nothing, by compare-and-set: throws SessionChanged. `seen_version`: of the
// session that the officer saw. The reason may not be empty (InvalidInput, reason_missing).
EditAnswer make_edit(ExamRepository&, Workbench&, const EditSession& session, std::int64_t seen_version,
                     const EditWish& wish, const Change& change);
enum class EditTurn { undo, redo };
void turn_edit(Workbench&, const EditSession& session, std::int64_t seen_version, EditTurn turn, const Change& change);

// Orders the job that stores the edited plan beside the others, from where it takes the steps of every plan.
Job order_edited_plan(ExamRepository&, Workbench&, JobRepository&, const EditSession& session, std::int64_t seen_version,
                      const Change& change);
// `version`: of the program.
JobWork edited_plan_work(ExamRepository&, Workbench&, const Clock& clock, std::string version);

}  // namespace hanjari::services
