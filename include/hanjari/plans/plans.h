// What pages and downloads ask about live plans, and the repository that answers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hanjari/actor/actor.h"
#include "hanjari/base/clock.h"
#include "hanjari/domain/plan.h"

namespace hanjari::services {

// An exam with a live plan, as the portal lists it.
struct LiveExam {
  ExamCode code;
  std::string name_ko;
  std::string name_en;
  Date exam_on;
  std::string time_zone;
  std::string plan_digest;
  Instant live_since;
  bool tells_fairness = false;  // how far people travel by group was published with its seats
};

struct VenueSummary {
  VenueCode code;
  std::string name;
  DistrictCode district;
  std::string address;
  std::int64_t rooms = 0;  // with somebody in them
  std::int64_t people = 0;
};

class PlanRepository {
 public:
  virtual ~PlanRepository() = default;
  virtual std::vector<LiveExam> list_live_exams() = 0;
  // Exams whose seats are withdrawn and being decided again; `live_since`: when they were withdrawn.
  virtual std::vector<LiveExam> list_withdrawn_exams() { return {}; }
  // One person of the live plan by number and birth date: an exam of this person, the unit, the venue and the room,
  // with one placement. Nothing when number and date do not belong together (the two cases are not told apart).
  virtual std::optional<PlannedExam> find_seat(const ExamCode& exam, const ApplicantNumber& number, Date birth_on) = 0;
  // The same of one person by applicant_id, for whoever has shown to be this person.
  virtual std::optional<PlannedExam> find_own_seat(const ExamCode&, const ApplicantId&) { return std::nullopt; }
  // Where a number sits in the live plan: an exam of the venue and the room without units and people, with one
  // placement of nobody. Nothing when the plan has no such number.
  virtual std::optional<PlannedExam> find_place(const ExamCode& exam, const ApplicantNumber& number) = 0;
  // A room of a venue that the live plan uses, by its number; nobody who sits there is read.
  virtual std::optional<Room> find_room(const ExamCode&, const VenueCode&, std::int64_t) { return std::nullopt; }
  // The venues of the live plan, of one district or of all.
  virtual std::vector<VenueSummary> list_venues(const ExamCode& exam, const std::optional<DistrictCode>& district) = 0;
  // The units of the exam of the live plan, in their order; nothing where no plan is live.
  virtual std::vector<Unit> list_units(const ExamCode&) { return {}; }
  // Everybody at one venue of the live plan, with its rooms.
  virtual std::optional<PlannedExam> find_venue_plan(const ExamCode& exam, const VenueCode& venue) = 0;
};

// The use cases: each checks the right, loads and records.

// Open to everybody who knows number and birth date. `source` (the caller's address) is for the limits on wrong guesses:
// after 5 misses of one source, 10 at one number or 2,000 at the exam within an hour the name is asked for too (throws
// NameNeeded, code too_many_attempts), so that nobody who guesses keeps a person from the own seat. With a name, which
// counts apart, throws NotAllowed (too_many_attempts) after 5 misses of one source at one number or 100 of one source
// within an hour. A name that is given although it is not asked for counts as asked for.
std::optional<PlannedExam> look_up_seat(PlanRepository&, AttemptLimit&, const ExamCode&, const ApplicantNumber&,
                                        Date birth_on, const std::string& source, Instant now,
                                        const std::string& name = {});

// Whether an admission slip is still right: its mark (documents/slip.h) against the live plan's place of the number. A
// number that the plan does not have is unknown. Open to everybody who holds a slip; marks cannot be guessed: throws
// NotAllowed (too_many_attempts) after 20 wrong ones of one number within an hour, or 100 of one source within 10
// minutes.
enum class SlipState { valid, outdated, unknown };
SlipState check_slip(PlanRepository&, AttemptLimit&, const ExamCode&, const ApplicantNumber&, const std::string& mark,
                     const std::string& source, Instant now);

// For an exam officer, the coordinator of the venue's district, or the chief of this venue. `own_venue`: what a chief looks
// after in this exam. Everybody else is refused (NotAllowed, not_your_venue), whether there is such a venue or not; an
// officer is told that it is not there (NotFound, venue_not_found). Who takes whose data is recorded before anything is
// handed out, with `mark`, the digits that the copy carries (PaperContext::mark).
PlannedExam open_roster(PlanRepository&, AccessRecord&, const Actor&, const ExamCode&, const VenueCode&,
                        const std::string& format, Instant now, const std::optional<VenueCode>& own_venue = std::nullopt,
                        const std::string& mark = {});

// The venues the actor may open. `own_venue`: what a chief looks after in this exam.
std::vector<VenueSummary> list_own_venues(PlanRepository&, const Actor&, const ExamCode&,
                                          const std::optional<VenueCode>& own_venue = std::nullopt);

}  // namespace hanjari::services
