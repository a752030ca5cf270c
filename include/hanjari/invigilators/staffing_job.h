// Duties of a stored plan: made by a job with the bytes of `hanjari invigilators`, changed by hand under the same check
// as `hanjari edit-duties`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hanjari/domain/duty_history.h"
#include "hanjari/invigilators/invigilators.h"
#include "hanjari/jobs/job_kinds.h"
#include "hanjari/jobs/job_runner.h"
#include "hanjari/plans/exams.h"
#include "hanjari/plans/plan_copies.h"

namespace hanjari::services {

// The folder --people as the commands read it: invigilators.csv from the people as they are now, and what was imported
// beside them.
package::PackedFiles people_folder(InvigilatorRepository&, const ExamCode&);
// The same for whoever has the list open already.
package::PackedFiles people_folder(InvigilatorRepository&, const ExamCode&, const std::vector<ListedPerson>& listed);

// `keep`: the fewest people of the newest duties change. Throws NotFound (exam_not_found, plan_not_found, no_invigilators,
// no_duties with `keep`), Conflict (exam_destroyed).
Job order_staffing(InvigilatorRepository&, ExamRepository&, JobRepository&, const ExamCode&, bool keep, const Change&);

// Counts only: results of jobs are stored openly.
struct StaffingMade {
  std::int64_t version = 0;
  std::int64_t places = 0;
  std::int64_t unfilled = 0;
  std::int64_t changed = -1;  // people who were on duty and changed or went; -1: nothing was to be kept
};
std::optional<StaffingMade> parse_staffing_made(const std::string& result);

JobWork staffing_work(ExamRepository&, InvigilatorRepository&, const Clock&);

struct DutyEditWish {
  std::int64_t version = 0;  // of the duties that were looked at
  std::vector<DutyEdit> edits;
  std::string swap{};  // id of a swap that both have recorded; then `edits` is empty
};
// All edits happen together and are judged by the verifier. Throws InvalidInput (duties_refused) with every rule that
// they break and that was not broken before, (reason_missing), and as DutyDesk::apply; Conflict (staffings_changed,
// wrong_swap); NotFound (no_duties, plan_not_found). `copies`: keeps exam and plan from one edit to the next.
Staffing edit_stored_duties(InvigilatorRepository&, ExamRepository&, PlanCopies& copies, const ExamCode&,
                            const DutyEditWish&, const Change&);

// An officer refuses a swap.
void refuse_swap(InvigilatorRepository&, const ExamCode&, const std::string& swap, const Change&);

}  // namespace hanjari::services
