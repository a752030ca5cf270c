// What the plan workbench asks of the database beside exams and plans: figures kept per plan, rooms of one venue, and the
// sessions in which officers edit a plan by hand.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hanjari/base/error.h"
#include "hanjari/plans/exams.h"
#include "hanjari/plans/plan_copies.h"
#include "hanjari/plans/plan_summary.h"

namespace hanjari::services {

// Who moves from one plan to another; everybody counts once, by the highest change.
struct PlanMoves {
  std::int64_t venue = 0;
  std::int64_t room = 0;
  std::int64_t seat = 0;
  std::int64_t added = 0;    // seated only in the other plan
  std::int64_t removed = 0;  // seated only in the first
  bool operator==(const PlanMoves&) const = default;
};

// Somebody at a desk, without name.
struct DeskUse {
  std::size_t room = 0;  // position in VenueDesks::rooms
  int seat_no = 0;
  Desk desk;
  char booklet = 'A';
  ApplicantNumber number;
  ApplicantId applicant;
  UnitCode unit;
};

// One venue of a plan with its rooms and who sits in them.
struct VenueDesks {
  Venue venue;
  std::string district;     // code
  Policy policy;            // of the exam, for what a room holds
  std::vector<Room> rooms;  // by room_no
  std::vector<DeskUse> people;  // by room, seat_no
};

// One officer's edits of one plan, not stored as a plan yet.
struct EditSession {
  std::string id;
  ExamCode exam;
  std::string plan_digest;   // what is edited
  std::string input_sha256;  // of its population
  std::string author;        // who opened it; every officer may go on with it
  Instant opened_at{};
  std::int64_t version = 0;  // grows with every edit, undo and redo
  std::int64_t edits = 0;    // that count, where a list of sessions is read
};

// done: counts. undone: may be done again. dropped: undone, and then another edit was made instead.
enum class EditState { done, undone, dropped };
std::string_view spell(EditState state);
std::optional<EditState> parse_edit_state(std::string_view word);

struct StoredEdit {
  std::string id;
  std::int64_t number = 0;  // within the session, from 1
  std::string content;      // JSON of edit_sessions.h; names people, so it is kept sealed
  std::string author;
  std::string reason;  // kept sealed
  Instant at{};
  EditState state = EditState::done;
};

// What is written of a session in one step. The version that was seen has to be the present one.
struct EditStep {
  std::string id;  // random, by which a repeated step is known
  std::int64_t seen_version = 0;
};

class WorkbenchRepository {
 public:
  virtual ~WorkbenchRepository() = default;
  // Nothing when nothing was kept of this plan.
  virtual std::optional<std::string> find_summary(const ExamCode&, const StoredPlan&) = 0;
  virtual void keep_summary(const ExamCode&, const StoredPlan&, const std::string& summary) = 0;
  // Nothing where the two plans are not of the same people, so that both are to be read.
  virtual std::optional<PlanMoves> count_moves(const ExamCode&, const StoredPlan& from, const StoredPlan& to) = 0;
  // Nothing where the exam has no such venue, or the repository does not say: then the plan is to be read.
  virtual std::optional<VenueDesks> find_venue(const ExamCode&, const StoredPlan&, const VenueCode&) = 0;

  virtual void add_session(const EditSession&, const Change&) = 0;
  virtual std::optional<EditSession> find_session(const std::string& id) = 0;
  // Newest first, with their edits counted.
  virtual std::vector<EditSession> list_sessions(const ExamCode&) = 0;
  // By number.
  virtual std::vector<StoredEdit> list_edits(const EditSession&) = 0;
  // Adds an edit after those that count and drops the undone ones. This and the next two throw SessionChanged unless the
  // session still has the version that was seen; all write the audit trail in the same transaction.
  virtual void add_edit(const EditSession&, const EditStep&, const StoredEdit&, const Change&) = 0;
  // The last edit that counts counts no more, or the first undone one counts again; throw Conflict (no_such_edit) when
  // there is none.
  virtual void undo_edit(const EditSession&, const EditStep&, const Change&) = 0;
  virtual void redo_edit(const EditSession&, const EditStep&, const Change&) = 0;
};

// Somebody else edited meanwhile (edits_changed): look again.
class SessionChanged : public Conflict {
 public:
  explicit SessionChanged(Text message) : Conflict("edits_changed", std::move(message)) {}
};

// What the pages of the workbench work with.
struct Workbench {
  explicit Workbench(WorkbenchRepository& in) : repository(in) {}
  WorkbenchRepository& repository;
  PlanCopies copies;
};

// The kept summary of a plan; counted and kept the first time for a plan that has none. Throws Conflict
// (plan_too_large) where counting would take minutes.
PlanSummary load_summary(ExamRepository&, Workbench&, const ExamCode& code, const StoredPlan& plan);
// Who moves between two plans of an exam; quick where both are of one list of applicants.
PlanMoves load_moves(ExamRepository&, Workbench&, const ExamCode& code, const StoredPlan& from, const StoredPlan& to);
// Of a plan in memory; throws NotFound (venue_not_found).
VenueDesks desks_of_plan(const Exam& exam, const Plan& plan, const VenueCode& venue);
// Somebody whose detour is longer than the policy's cap, without name.
struct FarPerson {
  ApplicantNumber number;
  ApplicantId applicant;
  UnitCode unit;
  std::string district;  // of home, code; empty outside the area
  VenueCode venue;
  std::string venue_name;
  int room_no = 0;
  Metres travel_m = 0;
  Metres detour_m = 0;  // beyond the way to the nearest venue
};
struct FarPeople {
  std::optional<Metres> cap_m;
  std::int64_t people = 0;  // all
  std::vector<FarPerson> shown;
};
// `most` of them from position `from`, the longest detour first. What is shown of it is recorded by the caller.
FarPeople list_far_people(ExamRepository&, Workbench&, const ExamCode& code, const StoredPlan& plan, std::size_t from,
                          std::size_t most);
// One venue of a plan; throws NotFound (venue_not_found). What is shown of it is recorded by the caller.
VenueDesks load_venue(ExamRepository&, Workbench&, const ExamCode& code, const StoredPlan& plan, const VenueCode& venue);

}  // namespace hanjari::services
