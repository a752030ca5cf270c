#include "hanjari/verification/verify.h"

#include <algorithm>

#include "verification/findings.h"
#include "verification/reading.h"
#include "verification/rules.h"

namespace hanjari::verification {

Verdict verify_plan(const Exam& exam, const PlanRows& rows) {
  Findings findings;
  const Reading reading(exam, rows, findings);
  judge_double_seats(reading, findings);
  judge_desks_exist(reading, findings);
  judge_desk_gaps(reading, findings);
  judge_seat_numbers(reading, findings);
  judge_booklets(reading, findings);
  judge_capacity(reading, findings);
  judge_mixing(reading, findings);
  judge_times(reading, findings);
  judge_access(reading, findings);
  judge_room_use(reading, findings);
  judge_numbers(reading, findings);
  judge_travel(reading, findings);
  judge_report(reading, findings);

  Verdict verdict;
  verdict.people_checked = rows.placements.size();
  for (std::size_t room = 0; room < exam.rooms.size(); ++room) {
    if (!reading.people_in(RoomIndex(room)).empty()) ++verdict.rooms_checked;
  }
  verdict.people = exam.applicants.size();
  std::vector<bool> placed(exam.applicants.size(), false);
  for (std::size_t at = 0; at < rows.placements.size(); ++at) {
    const ApplicantIndex applicant = reading.applicant_index(RowIndex(at));
    if (applicant.exists()) placed[applicant.value] = true;
  }
  verdict.unseated = static_cast<std::uint64_t>(std::count(placed.begin(), placed.end(), false));
  std::move(findings).hand_over(verdict);
  return verdict;
}

}  // namespace hanjari::verification
