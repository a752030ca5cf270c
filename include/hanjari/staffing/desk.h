// An officer's desk: duties changed by hand, one wish after the other, and undone again. Whether the result is lawful
// is for the verifier to say.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "hanjari/domain/duty_history.h"
#include "hanjari/domain/plan.h"

namespace hanjari::staffing {

// Who asks for an edit, why and when.
struct Signature {
  std::string author;
  std::string reason;
  std::string at;  // ISO 8601 in UTC
};

// The places of a plan and who may take them, read once for any number of desks. Exam and people must outlive them. May be
// read by several threads.
struct DutyPlaces;
std::shared_ptr<const DutyPlaces> read_duty_places(const Exam& exam, const Plan& plan, const Staff& staff);

// A report that was written before reports said of whom their bounds speak, with bounds that are proven anew: of the people of now,
// and of those who stand in the duties whether or not they consent still. What is given stands as the report tells. Takes as long as a
// run; throws as staff_exam.
struct ProvenAnew {
  Staff people;  // of whom the bounds speak: what breaks a rule among them can be better than what is proven
  DutyReport report;
};
ProvenAnew prove_anew(const Exam& exam, const Plan& plan, const Staff& now, const DutyRows& given);
// Whether it is such a report.
bool speaks_of_nobody(const DutyReport& report);

class DutyDesk {
 public:
  // The duties as they are after the steps of the history; everybody stands in them once. What is given must outlive
  // the desk. Throws Conflict (history_of_other_duties) when the steps do not lead to these duties.
  DutyDesk(const Exam& exam, const Plan& plan, const Staff& staff, const std::vector<DutyRow>& duties,
           DutyHistory history);
  // The same where the places are read already.
  DutyDesk(std::shared_ptr<const DutyPlaces> places, const std::vector<DutyRow>& duties, DutyHistory history);
  ~DutyDesk();
  DutyDesk(const DutyDesk&) = delete;
  DutyDesk& operator=(const DutyDesk&) = delete;

  // Carries out all of them in this order, or none: throws InvalidInput with every fault, by lines of `edits.csv`, for
  // people, venues and rooms that are not there, locked people, edits that change nothing, and an undo of nothing. A
  // place gets as many people as it is given, for the verifier to find.
  void apply(const std::vector<DutyEdit>& edits, const Signature& signature);

  // The three files as they would be written now. The places left free say why, as those of a run do. A bound of the
  // first report stays where it still bounds; once every change is taken back, the report is the first one again.
  DutyRows rows() const;
  const DutyHistory& history() const { return history_; }
  std::optional<DutyPlace> place_of(const InvigilatorId& person) const;
  bool is_locked(const InvigilatorId& person) const { return locked_.contains(person); }

 private:
  class Pen;

  void carry_out(const DutyStep& step);
  void replay_locks();
  bool is_as_at_first() const;
  DutyReport count(const DutyRows& rows) const;

  std::shared_ptr<const DutyPlaces> places_;
  const Exam& exam_;
  const Staff& staff_;
  DutyHistory history_;
  std::map<InvigilatorId, DutyPlace> at_;
  std::set<InvigilatorId> locked_;
};

}  // namespace hanjari::staffing
