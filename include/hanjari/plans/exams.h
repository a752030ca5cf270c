// Exams and plans between packages and the database: stored whole, never edited, one plan of an exam live at a time.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hanjari/actor/actor.h"
#include "hanjari/actor/audit.h"
#include "hanjari/base/clock.h"
#include "hanjari/base/progress.h"
#include "hanjari/domain/plan.h"
#include "hanjari/domain/plan_rows.h"
#include "hanjari/plans/lineage.h"
#include "hanjari/plans/plans.h"

namespace hanjari::services {

enum class Stored { added, already_there };

struct ImportOutcome {
  Stored population = Stored::added;
  std::optional<Stored> plan;  // nothing when no plan was given
  std::string plan_digest;     // empty when no plan was given
};

// A plan of an exam as the office lists it.
struct StoredPlan {
  std::string digest;
  std::string input_sha256;  // of the population it was made for
  PlanStatus status = PlanStatus::gave_up;
  std::int64_t seated = 0;
  std::int64_t unseated = 0;
  Instant stored_at{};
  std::int64_t venues = 0;  // with somebody at them
  Metres travel_m = 0;      // of all people together
  bool by_decision = false;  // the plan that a decision on one person's health made live
};

// What a page says above everything about an exam.
struct ExamHead {
  std::string name_ko;
  std::string name_en;
  Date exam_on;
  std::string time_zone;
  std::int64_t people = 0;
};

// A population of an exam as the office lists it.
struct StoredPopulation {
  std::string input_sha256;
  std::int64_t people = 0;
  Instant imported_at{};     // or decided
  bool by_decision = false;  // nobody imported it: a decision on one person's health changed that person's routing
};

// Which plan of an exam is live. `version` counts the changes from 1.
struct LivePointer {
  std::string plan_digest;
  std::string input_sha256;  // of the plan's population: a corrected name makes a new one, the plan may be the same
  std::int64_t version = 0;
};

// An exam whose personal data is gone, or going.
struct Destroyed {
  Instant at{};           // when it began
  std::string time_zone;  // where the exam is held; empty when it is not known
};

// Moves made on a live plan.
struct LiveMoves {
  LivePointer live;               // now
  Plan plan;                      // now, but of placements and over_detour only those of moved people, by applicant
  std::vector<Routing> routings;  // of the same people, now
};

// The turn to change a live plan, among all programs of a database, for as long as it lives.
class LiveTurn {
 public:
  LiveTurn() = default;
  virtual ~LiveTurn() = default;
  LiveTurn(const LiveTurn&) = delete;
  LiveTurn& operator=(const LiveTurn&) = delete;
};

// A population (an exam package, frozen) is known by exam code and input_sha256, a plan by its digest beside them.
class ExamRepository {
 public:
  virtual ~ExamRepository() = default;
  // Stores what is not there yet, everything in one transaction with its audit rows. `plan` may be null; its positions
  // refer to `exam`. Throws Conflict when the database refuses (two people on one seat, a number given twice).
  virtual ImportOutcome save_exam(const Exam& exam, const Plan* plan, const Change& change, Progress& progress) = 0;
  // The population of this digest; of the live plan, or else the newest one, when the digest is empty.
  virtual std::optional<Exam> find_exam(const ExamCode& code, const std::string& input_sha256) = 0;
  // Every exam with a population, the newest first.
  virtual std::vector<ExamCode> list_exams() { return {}; }
  // Newest first: what was imported, and what decisions on single people have made of it.
  virtual std::vector<StoredPopulation> list_populations(const ExamCode&) { return {}; }
  // Newest first.
  virtual std::vector<StoredPlan> list_plans(const ExamCode& code) = 0;
  // `exam`: the population as find_exam gave it.
  virtual std::optional<Plan> find_plan(const Exam& exam, const std::string& digest) = 0;
  // As find_exam and find_plan, for what is made of each person alone: whose row does not open is given with unreadable_name, and
  // a word of a plan that does not open is left out.
  virtual std::optional<Exam> find_listed_exam(const ExamCode& code, const std::string& input_sha256) {
    return find_exam(code, input_sha256);
  }
  virtual std::optional<Plan> find_listed_plan(const Exam& exam, const std::string& digest) { return find_plan(exam, digest); }
  virtual std::optional<LivePointer> find_live_plan(const ExamCode& code) = 0;
  // The plan that was live last, while its seats are withdrawn and none has gone live since: what people were told.
  // `version` counts the withdrawal too, so that the next plan goes live by comparison with it.
  virtual std::optional<LivePointer> find_withdrawn_plan(const ExamCode&) { return std::nullopt; }
  // What people have who were moved on the live plan, by decisions of whatever program, since it was `known`. `exam`: of
  // the known plan. Nothing where the live plan came about in another way, or the repository does not say: then exam and
  // plan are to be read whole.
  virtual std::optional<LiveMoves> find_live_moves(const Exam&, const LivePointer&) { return std::nullopt; }
  // Of the population of find_exam(code, {}), whose people and places are not read for it.
  virtual std::optional<ExamHead> find_head(const ExamCode& code);
  // The units of a population, by code, whose people and places are not read for them.
  virtual std::vector<Unit> list_units(const ExamCode& code, const std::string& input_sha256);
  // The venues that a stored plan uses, by code.
  virtual std::vector<VenueSummary> list_venues(const ExamCode&, const StoredPlan&) { return {}; }
  // Names of venues that a stored plan uses and the newest population does not have any more.
  virtual std::vector<std::string> list_venues_gone(const ExamCode&, const StoredPlan&) { return {}; }
  // Those of these people who are in the plan; whoever is shown them is recorded by the caller.
  virtual std::vector<MovedPerson> find_people(const ExamCode&, const StoredPlan&, const std::vector<ApplicantId>&) {
    return {};
  }
  // What was counted once of the difference between two plans (write_figures), because plans never change; nothing
  // when it was not.
  virtual std::optional<std::string> find_figures(const ExamCode&, const StoredPlan& /*plan*/,
                                                  const StoredPlan& /*told*/) {
    return std::nullopt;
  }
  virtual void keep_figures(const ExamCode&, const StoredPlan& /*plan*/, const StoredPlan& /*told*/,
                            const std::string& /*figures*/) {}
  // Waits for the turn, by and large in the order of asking; throws Unavailable (live_plan_busy) after the timeout. It
  // keeps programs from working for nothing; what holds is the comparison with the live pointer. Nothing where the
  // repository knows no turns.
  virtual std::unique_ptr<LiveTurn> wait_for_turn(const ExamCode&, std::chrono::seconds) { return nullptr; }
  // How a stored plan came about (Plan::history); empty where the repository keeps none.
  virtual std::vector<HistoryStep> find_history(const ExamCode&, const StoredPlan&) { return {}; }
  // Nothing unless the destruction of the exam's personal data has begun.
  virtual std::optional<Destroyed> find_destruction(const ExamCode&) { return {}; }
  // Compare-and-set: throws Conflict (live_plan_changed) unless the pointer still has this version (0: none yet; of a
  // withdrawn plan that of find_withdrawn_plan),
  // Conflict (plan_not_confirmed) where a second officer has to confirm it first, NotFound (plan_not_found).
  virtual void set_live_plan(const ExamCode& code, const StoredPlan& plan, std::int64_t expected_version,
                             const Change& change) = 0;
  // The same without the second officer: recorded as an emergency.
  virtual void set_live_plan_in_emergency(const ExamCode& code, const StoredPlan& plan, std::int64_t expected_version,
                                          const Change& change) {
    set_live_plan(code, plan, expected_version, change);
  }
};

// An exam and a plan of it, judged, that were made from the live ones by moving few people: nothing differs but routings
// and seats of `people`.
struct MovedPlan {
  const Exam& exam;
  const Plan& plan;
  std::string from_exam;                // input_sha256
  std::string from_plan;                // digest
  std::vector<ApplicantIndex> people{};  // everybody whose routing, seat or detour differs
};

// Stores an exam and, if given, a plan of it. The plan is judged first: throws InvalidInput (plan_refused) with every
// violation and stores nothing.
ImportOutcome import_exam(ExamRepository&, const Exam& exam, const PlanRows* plan, const Change& change, Progress&);

// The plan of the rows, judged: throws InvalidInput (plan_refused) with every violation.
Plan judge_plan(const Exam& exam, const PlanRows& rows, Progress&);

// What is left of a destroyed exam has no people, so that it is neither an exam nor a plan to anybody: throws Conflict
// (exam_destroyed) with the day. load_stored_exam, compare_with_live, make_plan_live and the orders of new plans begin
// with it.
void require_not_destroyed(ExamRepository&, const ExamCode& code);

// What people were told last: the live plan, or the one whose seats are withdrawn. Nothing when none was live ever.
std::optional<LivePointer> find_told_plan(ExamRepository&, const ExamCode& code);

// The exam as it was imported, with its live plan or else its newest one; the plan's digest is empty when there is
// none. `digest`: a plan's digest or a prefix of it, empty for the choice above. Throws NotFound (exam_not_found,
// plan_not_found), PersonalDataDamaged when a row does not open.
PlannedExam load_stored_exam(ExamRepository&, const ExamCode& code, const std::string& digest);
// The same by find_listed_exam: a row that does not open concerns its owner only. Throws PersonalDataDamaged when none opens.
PlannedExam load_listed_exam(ExamRepository&, const ExamCode& code, const std::string& digest);
// The same for somebody who takes it away: recorded with everybody whose data it holds, before it is given.
PlannedExam export_stored_exam(ExamRepository&, AccessRecord&, const ExamCode& code, const std::string& digest,
                               const Change& change);
// The live plan, or the one whose seats are withdrawn, for whoever takes another plan `stored` away: what people were
// told. Recorded as export_stored_exam. Nothing when `stored` is that plan itself, or nobody was told anything.
std::optional<PlanRows> export_told_plan(ExamRepository&, AccessRecord&, const PlannedExam& stored,
                                         const Change& change);

// The population that is to be planned: the newest, or the one that `wanted` names by its input_sha256. Throws NotFound
// (exam_not_found, population_not_found).
StoredPopulation choose_population(ExamRepository&, const ExamCode& code, const std::string& wanted);

// The one stored plan whose digest begins so. Throws InvalidInput (bad_digest), NotFound (plan_not_found), Conflict
// (ambiguous_digest).
StoredPlan find_stored_plan(ExamRepository&, const ExamCode& code, const std::string& digest);
// Throws Conflict (plan_incomplete) when the plan leaves somebody without a seat.
void require_complete(const StoredPlan& plan);

// What a plan would change for those who were told the live one.
struct LiveDifference {
  std::string live_digest;  // of the live plan; empty when there is none, and then only the two that follow and `lost`
  std::int64_t live_version = 0;  // where seats are withdrawn, that of the withdrawal
  bool withdrawn = false;         // people were told seats that are shown to nobody any more
  // Whether the live plan is a step of the plan's history.
  bool made_from_live = true;
  std::vector<HistoryStep> lost;  // steps of the live plan that this plan does not have
  MoveNames names;                // of the people and venues in these steps
  std::int64_t told = 0;          // people with a notice
  std::int64_t venue = 0;
  std::int64_t room = 0;
  std::int64_t seat = 0;
  std::int64_t added = 0;
  std::int64_t removed = 0;   // who are not in the exam any more
  std::int64_t unseated = 0;  // who stay in it and lose their seat
  std::int64_t venues_changed = 0;  // venues that somebody leaves, comes to or moves within
  std::vector<std::string> venues_lost;  // names of venues that nobody uses any more
  std::vector<std::string> venues_new;
  Metres travel_before = 0;
  Metres travel_after = 0;
  std::int64_t farther = 0;  // people whose way is longer
  std::int64_t beyond = 0;   // by more than limit_m
  Metres limit_m = 0;
  Metres worst_before = 0;  // the way that becomes longest by comparison
  Metres worst_after = 0;
};

// The figures of a difference as text, and back; false when the text is of another version of the program.
std::string write_figures(const LiveDifference& difference);
bool read_figures(const std::string& text, LiveDifference& difference);

// The first time for two plans both are read whole; then the figures are kept. `digest` as for make_plan_live; throws the
// same but for what concerns going live.
LiveDifference compare_with_live(ExamRepository&, const ExamCode& code, const std::string& digest);
// Steps that would be lost name people and why they were moved: whoever is shown them is recorded with everybody they
// name, before. Nothing is recorded where no step is lost.
void record_lost_steps(AccessRecord&, const ExamCode& code, const LiveDifference&, const Change& change);

struct LiveWish {
  // Digest, or at least 12 digits, of the live plan that is to give way although this plan was not made from it.
  std::string instead_of{};
  bool emergency = false;  // without the second officer's confirmation
  // The live version that was compared with (LiveDifference::live_version), so that nobody decides on what is not so any
  // more: throws Conflict (live_plan_changed) when it is another one now.
  std::optional<std::int64_t> compared_with{};
};

struct LiveOutcome {
  std::string plan_digest;
  std::int64_t version = 0;
  bool changed = false;  // false: the plan was live already
};

// Counts what a plan that was just stored changes against the live one, if there is one, so that its page opens at once.
void count_difference_ahead(ExamRepository&, const ExamCode& code, const std::string& digest, Progress&);

// Makes a plan live. `digest`: the plan's digest or a prefix of at least 12 digits that names only one. Throws
// InvalidInput (bad_digest), NotFound (plan_not_found), Conflict:
//   ambiguous_digest
//   plan_incomplete     it leaves somebody without a seat;
//   other_base          it was not made from the live plan and `wish` does not name that one; what would be lost is told;
//   not_the_live_plan   `wish` names another plan than the live one;
//   plan_not_confirmed  a second officer has to confirm it first;
//   live_plan_changed   somebody else was faster: nothing was compared with what is live now.
LiveOutcome make_plan_live(ExamRepository&, const ExamCode& code, const std::string& digest, const Change& change,
                           const LiveWish& wish = {});

}  // namespace hanjari::services
